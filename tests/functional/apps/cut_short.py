"""Reads octet by octet and writes to wsgi.errors how the reading ended."""


def application(environ, start_response):
    body = b""
    outcome = "end"
    try:
        for octet in iter(lambda: environ["wsgi.input"].read(1), b""):
            body += octet
    except IOError:
        outcome = "IOError"
    seen = body.decode("ascii")
    environ["wsgi.errors"].write("cut_short: %s after '%s'\n" % (outcome, seen))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done"]

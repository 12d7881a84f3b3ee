"""Sends the header fields that its body lists, a line for each: `Name: value`."""


def application(environ, start_response):
    body = environ["wsgi.input"].read()
    if str is not bytes:
        body = body.decode("latin-1")
    pairs = [line.partition(": ") for line in body.split("\n") if line]
    start_response("200 OK", [(name, value) for name, _, value in pairs])
    return [b"sent"]

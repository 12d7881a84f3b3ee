"""One read of the session at each path, and one write at /write."""

BODY = b"Hello, world!"


def application(environ, start_response):
    session = environ["isthmus.session"]
    count = session.get("count", 0)
    if environ["PATH_INFO"] == "/write":
        session["count"] = count + 1
    headers = [("Content-Type", "text/plain"), ("Content-Length", "13")]
    start_response("200 OK", headers)
    return [BODY]

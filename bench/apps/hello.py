"""Hello: thirteen bytes, nothing read from environ."""

BODY = b"Hello, world!"


def application(environ, start_response):
    headers = [("Content-Type", "text/plain"), ("Content-Length", "13")]
    start_response("200 OK", headers)
    return [BODY]

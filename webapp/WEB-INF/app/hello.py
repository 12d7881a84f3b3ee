"""The smallest WSGI application, in the shape of PEP 3333: a function."""


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello, world!"]

"""Echoes each line of the body as soon as it has come, before the next is read."""


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return iter(environ["wsgi.input"].readline, b"")

"""Reads the whole body and tells whether Python saw an IOError."""


def application(environ, start_response):
    try:
        environ["wsgi.input"].read()
        answer = b"no error"
    except IOError:
        answer = b"IOError"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [answer]

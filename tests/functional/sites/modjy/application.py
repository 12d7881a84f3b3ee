"""modjy's default application: handler in application.py of the context root."""


def handler(environ, start_response):
    text = "%s %s" % (__name__, environ["j2ee.request"].getMethod())
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [text.encode("ascii")]

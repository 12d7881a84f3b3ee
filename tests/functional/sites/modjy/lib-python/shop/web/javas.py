"""Uses a Java package as a whole: modjy's packages make it known to Jython."""


def application(environ, start_response):
    import functional

    start_response("200 OK", [("Content-Type", "text/plain")])
    return [functional.PlainServlet.__name__.encode("ascii")]

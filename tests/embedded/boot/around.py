"""Python around a controller of the program: it adds a field to the head."""


def application(environ, start_response):
    """Answer by the rest of the filter chain."""

    def start(status, headers, exc_info=None):
        seen = ("X-Seen-By", environ["REMOTE_USER"])
        return start_response(status, headers + [seen], exc_info)

    return environ["isthmus.chain"](environ, start)

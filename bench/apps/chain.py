"""A middleware around the rest of the filter chain: it adds one field to the head."""


def application(environ, start_response):
    def start(status, headers, exc_info=None):
        return start_response(status, headers + [("X-Python", "seen")], exc_info)

    return environ["isthmus.chain"](environ, start)

"""What an application is on another server: environ has no session."""


def also(application):
    """Take it away if the query says so."""

    def wrapped(environ, start_response):
        if environ["QUERY_STRING"] == "elsewhere":
            del environ["isthmus.session"]
        return application(environ, start_response)

    return wrapped

"""The class is the application, its instances are the results (PEP 3333)."""


class application:  # noqa: N801, the name that the mount looks for
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def __iter__(self):
        self.start("200 OK", [("Content-Type", "text/plain")])
        yield b"an instance for "
        yield self.environ["QUERY_STRING"].encode("ascii")

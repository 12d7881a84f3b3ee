"""The application is an instance with __call__ (PEP 3333)."""


class Greeting(object):
    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"called"]


application = Greeting()

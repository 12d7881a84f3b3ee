"""Counts its calls, as an instance, as a method, and as a function."""


class Counter(object):
    def __init__(self):
        self.count = 0

    def __call__(self, environ, start_response):
        return self._answer("called", start_response)

    def serve(self, environ, start_response):
        return self._answer("served", start_response)

    def _answer(self, how, start_response):
        self.count += 1
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [("%s %d" % (how, self.count)).encode("ascii")]


counter = Counter()


def function(environ, start_response):
    return counter(environ, start_response)

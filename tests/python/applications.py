"""Sources of applications that tests write into WEB-INF/app."""

APP = "def application(environ, start_response):\n    return [__name__]\n"

CLASS = """
class Site(object):
    def __call__(self, environ, start_response):
        return [__name__]

    def serve(self, environ, start_response):
        return ["serve"]

    name = "not callable"


def make():
    return Site()
"""

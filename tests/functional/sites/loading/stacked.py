"""Asks for the stack as pyramid_jinja2 does, from code that is in no module."""

import inspect
import sys

# Python looks for the module of such code in __main__.
exec(compile("import inspect; stack = inspect.stack()", "<code>", "exec"))
# What a program of Python's own has, and a web application has not.
PROGRAM = (getattr(sys.modules["__main__"], "__file__", None), sys.argv)


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [repr((len(inspect.stack()) > 0, PROGRAM)).encode("ascii")]

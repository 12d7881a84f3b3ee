"""An application that notes each request; those at /stays... wait for a file."""

APP = r"""
import os
import time

HERE = os.path.dirname(__file__)


def application(environ, start_response):
    name = environ["PATH_INFO"].strip("/")
    body = environ["wsgi.input"].read()
    with open(os.path.join(HERE, "begun"), "a") as file:
        file.write(name + "\n")
    while name.startswith("stays") and not os.path.exists(os.path.join(HERE, "enough")):
        time.sleep(0.01)
    start_response("200 OK", [])
    return [b"%s %d" % (name.encode(), len(body))]
"""

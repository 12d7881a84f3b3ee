"""Named by its path: no name that could be imported."""

import os

HERE = os.path.basename(os.path.dirname(os.path.abspath(__file__)))


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [HERE.encode("ascii")]

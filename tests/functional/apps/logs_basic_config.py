"""Configures logging as an application for any server does, and logs at DEBUG."""

import logging

import _board

# The root logger belongs to all applications of the web application, so its level is
# put back: this is a test of the call, not an example.
_root = logging.getLogger()
_level = _root.level
logging.basicConfig(level=logging.DEBUG, format="%(name)s %(message)s")
_root.setLevel(_level)


def application(environ, start_response):
    logging.basicConfig(level=logging.DEBUG)
    try:
        key = _board.query(environ)["key"]
        logging.getLogger("functional.basic").debug("one " + key)
        logging.getLogger("functional.basic").info("two " + key)
    finally:
        _root.setLevel(_level)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"logged"]

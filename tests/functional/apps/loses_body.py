"""Reads a body that may be broken; ?case= says what it does about the IOError."""

import _board


def let_through(read, key):
    return [read()]


def raised_anew(read, key):
    """As six.reraise: another exception object of the same kind, and no Java in it."""
    try:
        return [read()]
    except IOError as error:
        raise type(error)(*error.args)


def answered(read, key):
    try:
        return [read()]
    except IOError as error:
        _board.note(key, "IOError %s" % error)
        return [b"answered"]


def another_raised(read, key):
    try:
        return [read()]
    except IOError:
        raise ValueError("not what the client did")


def begun(read, key):
    yield b"begun"
    yield read()


def application(environ, start_response):
    query = _board.query(environ)
    start_response("200 OK", [("Content-Type", "text/plain")])
    if query["case"] == "by_request":
        stream = environ["isthmus.request"].getInputStream()
        return [str(stream.readAllBytes())]
    # The length is not asked for: nothing is read ahead.
    return globals()[query["case"]](environ["wsgi.input"].read, query["key"])

"""A request's body as blocks: as much of it in memory as one block holds."""

SIZE = 65536


def blocks(environ, size=SIZE):
    """Yield the body in blocks of at most so many bytes.

    A server need not simulate the end of the input, so Content-Length is the limit (PEP
    3333, "Input and Error Streams"), unless the server says that it does.
    """
    stream = environ["wsgi.input"]
    if environ.get("wsgi.input_terminated"):
        left = None
    else:
        left = int(environ.get("CONTENT_LENGTH") or 0)
    while left is None or left > 0:
        block = stream.read(size if left is None else min(size, left))
        if not block:
            return
        if left is not None:
            left -= len(block)
        yield block

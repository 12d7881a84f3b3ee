"""Stream: a generator of 1600 blocks of 64 KiB, 100 MiB without Content-Length."""

BLOCK = b"x" * 65536
COUNT = 1600


def blocks():
    for _ in range(COUNT):
        yield BLOCK


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return blocks()

"""Server-sent events: a heartbeat when there is no news, until the client goes."""

import _board

MANY = 1200
PAUSE = 0.05


def _events(key):
    try:
        for _ in range(MANY):
            if _board.appears(key, "news", PAUSE):
                break
            yield b": heartbeat\n\n"
        yield b"data: news\n\n"
        for _ in range(MANY):
            _board.appears(key, "never", PAUSE)
            yield b": heartbeat\n\n"
        _board.note(key, "nobody left")
    finally:
        _board.note(key, "closed")


def application(environ, start_response):
    headers = [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")]
    start_response("200 OK", headers)
    return _events(_board.query(environ)["key"])

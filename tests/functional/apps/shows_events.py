"""Server-sent events: a page that shows them, and a stream that a test steers."""

import _board

PAGE = b"""<!DOCTYPE html>
<meta charset="utf-8">
<title>News</title>
<ul></ul>
<script>
const source = new EventSource("events" + location.search);
source.onmessage = (event) => {
  const item = document.createElement("li");
  item.textContent = event.lastEventId + " " + event.data;
  document.querySelector("ul").append(item);
};
</script>
"""


def _first(key):
    """Two events, the second of which waits until the first has been seen."""
    yield b"retry: 10\n\nid: 1\ndata: one\n\n"
    _board.wait(key, "one is seen")
    yield u"id: 2\ndata: caf\u00e9\n\n".encode("utf-8")


def _later(key, last):
    """To a browser that comes back: one more event, and heartbeats until it leaves."""
    _board.note(key, "back after " + last)
    try:
        yield b"id: 3\ndata: three\n\n"
        while not _board.appears(key, "end", 0.1):
            yield b": heartbeat\n\n"
    finally:
        _board.note(key, "gone")


def application(environ, start_response):
    key = _board.query(environ)["key"]
    if not environ["PATH_INFO"].endswith("/events"):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [PAGE]
    headers = [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")]
    start_response("200 OK", headers)
    last = environ.get("HTTP_LAST_EVENT_ID")
    return _later(key, last) if last else _first(key)

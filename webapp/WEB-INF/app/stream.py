"""The program is a generator, and its page grows as it yields.

Each ``yield`` is on its way to you before the next piece is asked for (PEP 3333,
"Buffering and Streaming"), so the causeway below grows while the response is still
being made. Nothing in this page runs in your browser.
"""
import time

STONES = 12


def every(seconds):
    """Return an application that lays a stone every so many seconds."""

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return _pieces(seconds)

    return application


def _pieces(seconds):
    began = time.time()
    yield b'<div class="causeway">\n<p class="shore">Java</p>\n<ol>\n'
    for number in range(1, STONES + 1):
        time.sleep(seconds)
        yield STONE % (number, time.time() - began)
    yield b'</ol>\n<p class="shore">Python</p>\n</div>\n' + DONE % STONES


STONE = b"<li><span>%d</span> <small>%.1f s</small></li>\n"

DONE = b"""<p class="greeting" id="done">Across, on %d stones.</p>
<p><a class="button" href="">Once more</a></p>
"""

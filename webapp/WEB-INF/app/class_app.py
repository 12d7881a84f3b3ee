"""Its instances are iterables, and so they are answers.

Calling a class makes an instance, so a class whose constructor takes ``environ`` and
``start_response`` is an application as well. The instance is the answer: the server
iterates over it, and ``__iter__`` may be a generator. State that belongs to one request
has its natural place, ``self``.
"""


class Application(object):
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def __iter__(self):
        self.start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        yield b"<p>This answer is an instance of <code>Application</code>.</p>\n<ol>\n"
        for step in ("one", "two", "three"):
            yield self.item(step)
        yield b"</ol>\n<p>Its generator yielded five blocks.</p>\n"

    def item(self, step):
        text = "<li>Block %s of <code>__iter__</code>, asked by %s</li>\n"
        return (text % (step, self.environ["REQUEST_METHOD"])).encode("ascii")

"""The frame around each page: a middleware, in the shape that PEP 3333 describes.

It lets the program answer with a piece of HTML, puts a document around it, and passes
everything else on as it is: redirections, plain text, and above all a file, which the
server can only send by itself if nobody wraps it.
"""
import textwrap

import document
import urls
from markup import readable

# No script at all, and style from this site only: a page that shows what a request
# contains is the right place for a second line of defence.
HEADERS = [
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
]


class Frame(object):
    """Puts a page around the HTML that an application answers with.

    :param application: the application.
    :param page: its row of contents.py.
    :param modules: its modules, whose source is shown.
    :param segments: how many segments below the web application it is mounted.
    :param introduce: True to put the first module's docstring above the answer; False
        for an application that brings its own heading.
    :param servlets: the servlets of web.xml that are shown; by default the page's own.
    """

    def __init__(
        self, application, page, modules, segments=1, introduce=True, servlets=None
    ):
        self.application = application
        self.page = page
        self.segments = segments
        self.introduce = introduce
        self.servlets = servlets or [page.name]
        self.text = _docstring(modules[0]) if introduce else u""
        self.modules = [(m.__name__ + ".py", _summary(m)) for m in modules]

    def __call__(self, environ, start_response):
        environ[urls.ROOT] = urls.above(environ, self.segments)
        response = _Response(self, environ, start_response)
        result = self.application(environ, response.start)
        if response.status and not response.is_html:
            return result
        response.result = result
        return response

    def top(self, environ, status):
        html = document.top(self.page, urls.root(environ))
        if self.introduce:
            html += document.introduction(self.page, self.text, environ, status)
        return html.encode("utf-8")

    def bottom(self, environ):
        html = document.answered() if self.introduce else u""
        if self.modules:
            html += document.listings(
                self.modules, self.servlets, environ, unfolded=int(self.introduce)
            )
        html += document.bottom(environ, urls.root(environ))
        return html.encode("utf-8")


class _Response(object):
    """One response on its way through the frame.

    For each block of the application it yields one block of its own, empty or not (PEP
    3333, "Middleware Handling of Block Boundaries"): what streams goes on streaming.
    """

    def __init__(self, frame, environ, start_response):
        self.frame = frame
        self.environ = environ
        self.start_response = start_response
        self.status = None
        self.is_html = False
        self.is_open = False
        self.result = ()

    def start(self, status, headers, exc_info=None):
        self.status = status
        types = [value for name, value in headers if name.lower() == "content-type"]
        self.is_html = bool(types) and types[0].startswith("text/html")
        if self.is_html:
            kept = [pair for pair in headers if pair[0].lower() != "content-length"]
            headers = kept + HEADERS
        write = self.start_response(status, headers, exc_info)
        return lambda data: write(self._opening() + data)

    def __iter__(self):
        for block in self.result:
            yield self._opening() + block if block else block
        if self.is_html:
            yield self._opening() + self.frame.bottom(self.environ)

    def close(self):
        if hasattr(self.result, "close"):
            self.result.close()

    def _opening(self):
        if self.is_open or not self.is_html:
            return b""
        self.is_open = True
        return self.frame.top(self.environ, self.status)


def _docstring(module):
    first, _, rest = readable(module.__doc__ or "").partition(u"\n")
    return first + u"\n" + textwrap.dedent(rest)


def _summary(module):
    return readable(module.__doc__ or "").partition(u"\n")[0]

"""URLs from environ, and fields out of a query string."""
from markup import octets, readable

try:
    from urllib.parse import parse_qsl, quote
except ImportError:  # Python 2
    from urllib import quote

    from urlparse import parse_qsl

# Where Frame puts the path of the web application for the programs inside it.
ROOT = "demo.root"


def quoted(native):
    """Return a path of environ as it stands in a URL."""
    return quote(octets(native))


def above(environ, segments):
    """Return the URL path that lies so many segments above the mounted program.

    A program at /shop/members has SCRIPT_NAME "/shop/members"; one segment above is
    "/shop", where the web application is, under whatever name it was deployed.
    """
    path = environ.get("SCRIPT_NAME", "")
    for _ in range(segments):
        path = path.rpartition("/")[0]
    return quoted(path)


def root(environ):
    """Return the URL path of the web application: "" or "/name"."""
    return environ.get(ROOT, "")


def field(environ, name):
    """Return one field of the query string as text, or None."""
    for key, value in parse_qsl(environ.get("QUERY_STRING", "")):
        if key == name:
            # Python 2 decodes %xx to octets, Python 3 to text.
            return readable(value) if isinstance(value, bytes) else value
    return None

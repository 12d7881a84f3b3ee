"""What a gateway answers to an exchange, item by item."""

import re
import socket

import client
import request_files

DATE = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")
# Of these, PEP 3333 and RFC 3875 say what they are; other keys are each server's own.
KNOWN = re.compile(
    r"REQUEST_METHOD|SCRIPT_NAME|PATH_INFO|QUERY_STRING|CONTENT_(TYPE|LENGTH)"
    r"|SERVER_(NAME|PORT|PROTOCOL|SOFTWARE)|GATEWAY_INTERFACE|PATH_TRANSLATED"
    r"|REMOTE_(ADDR|HOST|USER|IDENT)|AUTH_TYPE|HTTPS|HTTP_.*|wsgi\..*"
)
# Told by the items "framing" and "connection".
FRAMING = {"content-length", "transfer-encoding", "connection", "keep-alive"}
OWN_DATE = "Thu, 01 Jan 1970 00:00:00 GMT"


class Place:
    """An app under a path, as the WARs' mounts are (tests/functional/mounts.py)."""

    def __init__(self, app, above="/servlet/"):
        self.prefix = self.script = above + app
        self.path = ""


def ask(address, mounted, text):
    """{item: what this server gives}, and what stands for {name} in expected values."""
    with client.Connection(address) as connection:
        places = request_files.places(mounted, connection)
        request = request_files.filled(text, places).encode("latin-1")
        connection.send(request)
        try:
            response = connection.receive(request.split(b" ", 1)[0].decode("ascii"))
        except ConnectionError:
            return {"end": "no response"}, places
        except ValueError:
            # Such as a Content-Length that is no number.
            return {"end": "no HTTP"}, places
    return _items(response, mounted, request), places


def _items(response, mounted, request):
    framing = _framing(response, request)
    items = {
        "version": response.version,
        "status": str(response.status),
        "reason": response.reason,
        "end": "as announced" if response.complete else "broken",
        "connection": _connection(response, framing),
        **framing,
        **_fields(response),
    }
    if response.status == 200 and mounted.prefix.endswith("/environ"):
        items.update(_environ(response.json()))
    elif response.status >= 400 and b"block" not in response.body:
        items["body"] = _page(response.body)
    else:
        items["body"] = response.body.decode("latin-1")
    return items


def _connection(response, framing):
    """What becomes of it, as far as the response says so."""
    if framing.get("framing") == "the connection's end":
        return "closes"
    options = [value.lower() for value in response.all("Connection")]
    closes = "close" in options
    if response.version == "HTTP/1.0":
        closes = "keep-alive" not in options
    return "closes" if closes else "stays open"


def _framing(response, request):
    """How the end of the body is told (RFC 9112, 6.3), or what is told without one."""
    length = response.header("Content-Length")
    chunked = response.header("Transfer-Encoding") is not None
    if request.startswith(b"HEAD") or response.status in (204, 304):
        return {"header content-length": length} if length is not None else {}
    if chunked:
        return {"framing": "chunks"}
    return {"framing": "the connection's end" if length is None else "a length"}


def _page(body):
    """A server's own page (of an error) is its own; that it tells no secret is not."""
    return "the exception, for all to see" if b"secret" in body else "its own"


def _fields(response):
    found = {}
    for name in {name.lower() for name, _ in response.headers} - FRAMING:
        values = [_field(name, value) for value in response.all(name)]
        found["header " + name] = " | ".join(values)
    return found


def _field(name, value):
    if name == "date" and value != OWN_DATE:
        return "a date" if DATE.fullmatch(value) else value
    if name == "server" and value != "own":
        return "its own"
    return value


def _environ(seen):
    items = {}
    own = set()
    shown = dict(seen["strings"])
    for key, (kind, text) in seen["others"].items():
        if kind == "unicode":
            shown[key] = "unicode instead of str"
        else:
            shown[key] = text if kind in ("bool", "tuple") else "an object"
    for key, value in shown.items():
        if KNOWN.fullmatch(key):
            items["environ " + key] = value
        else:
            own.add(key.split(".")[0] + ".*" if "." in key else key)
    # Versions and places change by themselves.
    for key in ("environ SERVER_SOFTWARE", "environ PATH_TRANSLATED"):
        if key in items:
            items[key] = "its own"
    name = items["environ SERVER_NAME"]
    if name == socket.gethostname():
        items["environ SERVER_NAME"] = "the machine's"
    elif name.startswith("Cheroot/"):
        items["environ SERVER_NAME"] = "Cheroot/#"
    items["environ, further keys"] = " ".join(sorted(own))
    items["type of environ"] = seen["type"]
    return items

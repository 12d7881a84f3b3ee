"""What servers answer to the same bytes, item by item, and what was explained of it."""

import fnmatch
import json
import re

import client
import request_files
from paths import HERE

FILE = HERE / "differences.json"
SERVERS = ("wsgiref", "waitress", "isthmus")
# Of one connection, not of the response (RFC 9110, 7.6.1); and what tells the server.
NOT_COMPARED = {"connection", "keep-alive", "transfer-encoding", "date", "server"}


def ask(address, mounted, text):
    """{item: what this server gives}, and what stands for {name} in expected values."""
    with client.Connection(address) as connection:
        places = request_files.places(mounted, connection)
        request = request_files.filled(text, places).encode("latin-1")
        connection.send(request)
        method = request.split(b" ", 1)[0].decode("ascii")
        response = connection.receive(method)
    items = {"status": str(response.status)}
    for name in {name.lower() for name, _ in response.headers} - NOT_COMPARED:
        items["header " + name] = " | ".join(response.all(name))
    items["end"] = "as announced" if response.complete else "broken"
    if mounted.prefix.endswith("/environ"):
        target = request.split(b" ", 2)[1].decode("latin-1")
        items.update(_environ(response.json(), target))
        # It tells how long the JSON is.
        items.pop("header content-length", None)
    else:
        items["body"] = _body(response)
    if response.status == 500 and "header content-length" in items:
        items["header content-length"] = "that of the page"
    return items, places


def _body(response):
    """The body as text; a container's own page (of an error) is not compared."""
    if response.body[:1] == b"<":
        return "a page of HTML"
    return response.body.decode("latin-1")


def _environ(seen, target):
    items = {"environ " + key: value for key, value in seen["strings"].items()}
    for key, (kind, shown) in seen["others"].items():
        items["environ " + key] = shown if kind in ("bool", "tuple") else "an object"
    if "environ REMOTE_PORT" in items:
        assert items["environ REMOTE_PORT"].isdigit()
        items["environ REMOTE_PORT"] = "the client's"
    # Versions change by themselves.
    software = items["environ SERVER_SOFTWARE"]
    items["environ SERVER_SOFTWARE"] = re.sub(r"/[0-9.]+$", "/#", software)
    for key in ("environ REQUEST_URI", "environ RAW_URI"):
        if items.get(key) == target:
            items[key] = "as sent"
    items["type of environ"] = seen["type"]
    return items


def differing(answers):
    """{item: (wsgiref's, waitress's, Isthmus's)} where these are not all the same."""
    found = {}
    for item in sorted(set().union(*answers)):
        values = tuple(answer.get(item) for answer in answers)
        if len(set(values)) > 1:
            found[item] = values
    return found


def entries():
    return json.loads(FILE.read_text("utf-8"))


def explained(name, container, places):
    """What the file says of this request on this container, as differing() does."""
    expected = {}
    for entry in entries():
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in entry["requests"]):
            values = [_of(entry, server, container) for server in SERVERS]
            pairs = zip(values, places)
            values = tuple(v and request_files.filled(v, place) for v, place in pairs)
            if len(set(values)) > 1:
                if entry["item"] in expected:
                    raise ValueError(
                        "%s: %s is explained twice" % (name, entry["item"])
                    )
                expected[entry["item"]] = values
    return expected


def _of(entry, server, container):
    """A server's value; Isthmus's may depend on the container or on its family."""
    value = entry[server]
    if isinstance(value, dict):
        family = "jetty" if container.startswith("jetty") else "tomcat"
        return value[container] if container in value else value[family]
    return value

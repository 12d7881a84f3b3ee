"""Reads requests/NNN-name.http and .json: a raw request, and the environ it gives."""

import json

from paths import HERE

REQUESTS = HERE / "requests"
KEYS = {"why", "environ", "absent", "tuned", "refused", "differs", "http2"}
HTTP2_KEYS = KEYS - {"tuned", "http2"}


class RequestFile:
    """One pair of files; see README.md for what they hold."""

    def __init__(self, path):
        self.name = path.stem
        self._request = path.read_bytes()
        self._expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
        unknown = set(self._expected) - KEYS
        if unknown:
            raise ValueError("%s.json: unknown keys %s" % (self.name, sorted(unknown)))
        self._http2 = self._expected.get("http2", {})
        if self.has_http2 and set(self._http2) - HTTP2_KEYS:
            raise ValueError("%s.json: unknown keys in http2" % self.name)

    @property
    def has_http2(self):
        """True if the request has a form in HTTP/2."""
        return self._http2 is not None

    @property
    def tuned(self):
        return self._expected.get("tuned", False)

    def request(self, places):
        """The bytes to send to this place."""
        return filled(self._request.decode("latin-1"), places).encode("latin-1")

    def status(self, container):
        return _for(container, self._expected.get("refused", {}), 200)

    def environ(self, container, places):
        """The exact values that the app must find; None for a key it must not find."""
        values = _values(self._expected, container)
        return {k: v and filled(v, places) for k, v in values.items()}

    def http2_statuses(self, container):
        """The statuses of the same request in HTTP/2; 0 if its stream is to be reset.

        More than one where a container decides while Isthmus does.
        """
        status = self.status(container)
        if "refused" in self._http2:
            status = _for(container, self._http2["refused"], 200)
        return status if isinstance(status, list) else [status]

    def http2_environ(self, container, places):
        """As environ, but for what is different in HTTP/2."""
        values = _values(self._expected, container)
        values["SERVER_PROTOCOL"] = "HTTP/2.0"
        values.update(_values(self._http2, container))
        return {k: v and filled(v, places) for k, v in values.items()}


def load():
    return [RequestFile(path) for path in sorted(REQUESTS.glob("*.http"))]


def places(mounted, connection):
    """What stands for {name} in both files, for this mount on this connection."""
    host = connection.host
    name, port = host.rsplit(":", 1)
    return {
        "{prefix}": mounted.prefix,
        "{script}": mounted.script,
        "{path}": mounted.path,
        "{host}": host,
        "{name}": name,
        "{port}": port,
        "{scheme}": "http",
        "{usual}": "80",
    }


def _values(expected, container):
    values = dict(expected.get("environ", {}))
    values.update(_for(container, expected.get("differs", {}), {}))
    values.update(dict.fromkeys(expected.get("absent", [])))
    return values


def filled(text, places):
    for placeholder, value in places.items():
        text = text.replace(placeholder, value)
    return text


def _for(container, table, default):
    """The entry for a container, else for its family (tomcat), else for all."""
    family = "jetty" if container.startswith("jetty") else "tomcat"
    for name in (container, family, "all"):
        if name in table:
            return table[name]
    return default

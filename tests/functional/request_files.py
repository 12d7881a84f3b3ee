"""Reads requests/NNN-name.http and .json: a raw request, and the environ it gives."""

import json

from paths import HERE

REQUESTS = HERE / "requests"
KEYS = {"why", "environ", "absent", "tuned", "refused", "differs"}


class RequestFile:
    """One pair of files; see README.md for what they hold."""

    def __init__(self, path):
        self.name = path.stem
        self._request = path.read_bytes()
        self._expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
        unknown = set(self._expected) - KEYS
        if unknown:
            raise ValueError("%s.json: unknown keys %s" % (self.name, sorted(unknown)))

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
        values = dict(self._expected.get("environ", {}))
        values.update(_for(container, self._expected.get("differs", {}), {}))
        values.update(dict.fromkeys(self._expected.get("absent", [])))
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
    }


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

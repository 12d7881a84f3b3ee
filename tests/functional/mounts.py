"""The WARs `servlet` and `filter`: every app of apps/ under a path of its own.

In the WAR `servlet` an app is a WsgiServlet mapped at /<name>/*: SCRIPT_NAME is
/servlet/<name>. In the WAR `filter` it is a WsgiFilter at the same place: SCRIPT_NAME
is /filter and PATH_INFO begins with /<name>. All apps share one Jython in each WAR.
"""

from dataclasses import dataclass, field

import client
from paths import HERE
from wars import War
from webxml import Filter, Servlet, WebXml

APPS = HERE / "apps"
# They import Java, or what Python 3 has under other names.
JYTHON_ALONE = ("asks_by_tls", "pem", "raw_sessions", "warns")


@dataclass
class Mount:
    """An app of apps/ mounted once more, with settings of its own.

    name      the path and the name; apps/<name>.py is mounted without being listed
    app       the module in apps/, or module:callable
    settings  init-params beyond isthmus.app
    before    names of Java filters (tests/functional/java) that requests pass first
    """

    name: str
    app: str
    settings: dict = field(default_factory=dict)
    before: list = field(default_factory=list)

    @property
    def params(self):
        app = self.app if ":" in self.app else self.app + ":application"
        return {"isthmus.app": app, **self.settings}

    @property
    def patterns(self):
        return ["/%s/*" % self.name]


def default_mounts(engine):
    """Each module of apps/ under its own name; a leading underscore: no app."""
    names = sorted(path.stem for path in APPS.glob("*.py"))
    left = () if engine.has_java else JYTHON_ALONE
    apps = [name for name in names if not name.startswith("_") and name not in left]
    return [Mount(name, name) for name in apps]


def asked(mounts, modules):
    """Those that these modules say they ask for, in ASKED; all, unless each says it."""
    names = [getattr(module, "ASKED", None) for module in modules]
    if None in names:
        return mounts
    return [mount for mount in mounts if mount.name in set().union(*names)]


def base_war(entry, mounts, engine):
    """The WAR that holds these mounts."""
    params = [{**m.params, **engine.settings_of(m.app)} for m in mounts]
    java = sorted({name for mount in mounts for name in mount.before})
    passed = [
        Filter("%s before %s" % (name, mount.name), mount.patterns, class_name=name)
        for mount in mounts
        for name in mount.before
    ]
    mapped = [(m.name, m.patterns, p) for m, p in zip(mounts, params)]
    servlets = [Servlet(*each) for each in mapped]
    filters = [Filter(*each) for each in mapped]
    described = {
        "servlet": WebXml(servlets=servlets, filters=passed),
        "filter": WebXml(filters=passed + filters),
    }
    return War(
        "/" + entry,
        described[entry],
        files={"WEB-INF/app": APPS},
        java=[name.replace(".", "/") + ".java" for name in java],
    )


class Mounted:
    """A mount as a test sees it: where it is, and how to ask it."""

    def __init__(self, server, entry, name):
        self.server = server
        self.prefix = "/%s/%s" % (entry, name)
        self.script = self.prefix if entry == "servlet" else "/" + entry
        self.path = "" if entry == "servlet" else "/" + name

    def connect(self, tuned=False, timeout=client.TIMEOUT):
        """A connection; `tuned` to the connector with the advised settings."""
        address = self.server.tuned_address if tuned else self.server.address
        return client.Connection(address, timeout)

    def request(self, method, rest="/", headers=(), body=None):
        """One request to the app, on a connection of its own."""
        address = self.server.address
        return client.fetch(address, method, self.prefix + rest, headers, body)

    def get(self, rest="/", headers=()):
        return self.request("GET", rest, headers)

    def post(self, rest="/", body=b"", headers=()):
        return self.request("POST", rest, headers, body)

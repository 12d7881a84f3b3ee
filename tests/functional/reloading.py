"""Web applications that are reloaded while they serve: how to change and ask them."""

import os
import subprocess
import threading
import time
import uuid

import client
import short_lived
from paths import HERE
from wars import War, compiled
from webxml import Servlet, WebXml

SITE = HERE / "sites" / "reload"
JMX = ("jmx/Reload.java",)
APP = {"isthmus.app": "app:application", "isthmus.events": "stopping: app:stopping"}
TIMEOUT = 60.0
CLIENTS = 4


STATUS = Servlet(
    "isthmus",
    ["/isthmus/*"],
    {"isthmus.status.access": "loopback", "isthmus.health.access": "all"},
    class_name="org.isthmus.StatusServlet",
)


def war(path, mode, params=(), more=(), **layout):
    """A WAR of the site: `app` and `too` share an interpreter, `more` are further."""
    context = {"isthmus.reload.mode": mode, **dict(params)}
    servlets = [Servlet(name, ["/%s/*" % name], APP) for name in ("app", "too")]
    web_xml = WebXml(servlets=[*servlets, *more, STATUS], context_params=context)
    return War(path, web_xml, {"WEB-INF/app": SITE}, **layout)


class Site:
    """One of them on a running server."""

    def __init__(self, server, war):
        self.server = server
        self.war = war

    def file(self, name):
        """A file that a test changes or takes away."""
        self.war.edited.add("WEB-INF/" + name)
        return self.server.directory(self.war) / "WEB-INF" / name

    def write(self, name, text):
        """Save a file as an editor does: another one takes its place."""
        file = self.file(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(file.name + "~")
        partial.write_text(text)
        os.replace(partial, file)

    def touch(self):
        self.file("reload.txt").touch()

    def request(self, path):
        return client.fetch(self.server.address, "GET", self.war.path + path)

    def get(self, path="/app/show"):
        response = self.request(path)
        assert response.status == 200, response
        return response.json()

    def when(self, condition, path="/app/show"):
        """The first answer of which a condition holds."""
        end = time.monotonic() + TIMEOUT
        while not condition(found := self.get(path)):
            assert time.monotonic() < end, (found, self.server.log.tail())
            time.sleep(0.02)
        return found

    def generation(self, before):
        """The first answer of another generation than the one that gave this answer."""
        return self.when(lambda found: found["name"] != before["name"])

    def jmx(self, *attributes):
        """What the operation reload returns, or the values of attributes, in lines."""
        java = [self.server.jdk.tool("java"), *short_lived.JAVA]
        java += ["-cp", str(compiled(JMX, self.server.parts)), "jmx.Reload"]
        command = [*java, str(self.server.pid), self.war.path, *attributes]
        done = subprocess.run(command, capture_output=True, text=True)
        assert not done.stderr, done.stderr
        return done.stdout.strip()


class Held:
    """A request that is under way until it is let go."""

    def __init__(self, site, path):
        self._site = site
        self._key = uuid.uuid4().hex
        self.connection = client.Connection(site.server.address)
        self.connection.request("GET", "%s%s?%s" % (site.war.path, path, self._key))
        self._response = self.connection.receive_head()
        self.first = self.connection.read_piece()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.connection.close()

    def let_go(self, path="/app/go"):
        """The whole response."""
        self._site.get(path + "?" + self._key)
        while self.connection.read_piece():
            pass
        self.connection.close()
        return self._response


class Load(threading.Thread):
    """A client that asks all the time, until a request fails."""

    def __init__(self, site):
        super().__init__(daemon=True)
        self._site = site
        self.over = threading.Event()
        self.names = set()
        self.failures = []

    def run(self):
        target = self._site.war.path + "/app/show?lazy"
        while not self.over.is_set() and not self.failures:
            # Containers end a connection after some requests, and say so.
            keeps_alive = True
            with client.Connection(self._site.server.address) as connection:
                while keeps_alive and not self.over.is_set():
                    connection.request("GET", target)
                    response = connection.receive()
                    if response.status != 200 or not response.complete:
                        return self.failures.append(response)
                    self.names.add(response.json()["name"])
                    keeps_alive = response.keeps_alive


def reload_under_load(site, times):
    """Reload a site by touch while clients ask it all the time; the clients."""
    clients = [Load(site) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    for _ in range(times):
        before = site.get()
        site.touch()
        site.generation(before)
    for each in clients:
        each.over.set()
    for each in clients:
        each.join()
    return clients

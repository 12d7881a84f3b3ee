"""The library of examples/django5: Django 5.2 on the CPython in the WAR.

Its database is made as an operator makes it: by `java -jar library.war run manage.py`.
"""

import functools
import os
import pathlib
import subprocess
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

import pytest

import databases
from alike import assert_not_sent_twice
from example_project import ExampleProject, executable
from paths import scratch

BOOT = "examples"
# Large, and its WARs ask for a database each.
pytestmark = pytest.mark.matrix

PASSWORD = "only a test"
# There before there are tables.
PROBE = "/static/books/shelf.css"
SUPERUSER = {
    "DJANGO_SUPERUSER_USERNAME": "admin",
    "DJANGO_SUPERUSER_EMAIL": "admin@example.org",
    "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
}
TOMCAT = '<Parameter name="%s" value=%s override="false"/>'
JETTY = '<Call name="setInitParameter"><Arg>%s</Arg><Arg>%s</Arg></Call>'


class Operated:
    """What an operator says of one WAR, and gives Django's commands: the database."""

    etc = {}

    def __init__(self, is_postgresql):
        self.is_postgresql = is_postgresql

    @functools.cached_property
    def data(self):
        return str(scratch("library-"))

    def environment(self):
        """The variables of libpq, if any; the server is started when it is needed."""
        if not self.is_postgresql:
            return {}
        server = databases.postgresql()
        place = urlsplit(server.url.partition(":")[2])
        return {
            "PGHOST": place.hostname,
            "PGPORT": str(place.port),
            "PGUSER": server.user,
            "PGPASSWORD": server.password,
            "PGDATABASE": place.path[1:],
        }

    def _settings(self):
        lines = ["%s: %s" % pair for pair in self.environment().items()]
        yield "isthmus.data_dir", self.data
        if lines:
            yield "isthmus.worker.env", "\n".join(lines)

    @property
    def tomcat(self):
        entities = {"\n": "&#10;"}
        return "".join(
            TOMCAT % (name, quoteattr(value, entities))
            for name, value in self._settings()
        )

    @property
    def jetty(self):
        return "".join(JETTY % setting for setting in self._settings())


def _library(path, is_postgresql=False):
    operator = Operated(is_postgresql)
    return ExampleProject("django5", path, probe=PROBE, operator=operator)


def _manage(java, operated, command):
    """Run a command of Django's as an operator does who has the WAR as a file."""
    file = executable("django5")
    done = subprocess.run(
        [java, "-jar", file, "run", "manage.py", command, "--noinput"],
        env={
            "PATH": os.defpath,
            "ISTHMUS_DATA_DIR": operated.data,
            **operated.environment(),
            **SUPERUSER,
        },
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Collected(ExampleProject):
    """With what collectstatic finds, for the container to serve."""

    def make(self, parts):
        java = pathlib.Path(parts.javac).with_name("java")
        _manage(java, self.operator, "collectstatic")
        self.options = ("--static", self.operator.data + "/collected=/static")
        return super().make(parts)


DATABASES = [
    _library("/django5"),
    _library("/django5-postgresql", is_postgresql=True),
]
BY_THE_CONTAINER = Collected(
    "django5", "/django5-static", probe=PROBE, operator=Operated(False)
)
WARS = [*DATABASES, BY_THE_CONTAINER]
_migrated = set()


@pytest.fixture(params=DATABASES, ids=["sqlite", "postgresql"])
def war(request, server):
    """One whose tables and superuser are there."""
    war = request.param
    if war is not BY_THE_CONTAINER and (server.base, war.path) not in _migrated:
        for command in ("migrate", "createsuperuser"):
            _manage(server.jdk.tool("java"), war.operator, command)
        _migrated.add((server.base, war.path))
    return war


def test_page_has_what_the_admin_has_added(site, browser):
    site.open("/admin/")
    browser.one("#id_username").send_keys("admin")
    browser.one("#id_password").send_keys(PASSWORD)
    browser.leave_by(browser.one("input[type=submit]"))
    site.open("/admin/books/book/add/")
    browser.one("#id_title").send_keys("Zo\u00eb & \u65e5\u672c")
    browser.leave_by(browser.one("input[name=_save]"))
    assert "was added successfully" in browser.text(".messagelist")
    # The admin's own styles are there, below the context path.
    assert browser.script("return document.styleSheets.length") > 1
    site.open("/")
    assert "Zo\u00eb & \u65e5\u672c" in browser.texts("li")

    site.open("/admin/books/book/")
    browser.leave_by(browser.link("Zo\u00eb & \u65e5\u672c"))
    browser.one("#id_borrower").send_keys("Ada")
    browser.leave_by(browser.one("input[name=_save]"))
    site.open("/")
    assert "Zo\u00eb & \u65e5\u672c (Ada)" in browser.texts("li")

    site.open("/admin/books/book/")
    browser.leave_by(browser.link("Zo\u00eb & \u65e5\u672c"))
    browser.leave_by(browser.link("Delete"))
    browser.leave_by(browser.one("#content input[type=submit]"))
    assert "was deleted successfully" in browser.text(".messagelist")
    site.open("/")
    assert browser.texts("li") == []
    assert browser.errors() == []


def test_wrong_password_is_refused(visitor):
    page = visitor.get("/admin/login/")
    form = {
        "csrfmiddlewaretoken": visitor.cookies["library_csrf"],
        "username": "admin",
        "password": "guessed",
    }
    again = visitor.post("/admin/login/", data=form)
    assert (page.status_code, again.status_code) == (200, 200)
    assert "Please enter the correct username and password" in again.text
    # Without the token it is none of Django's forms.
    assert visitor.post("/admin/login/", data={"username": "x"}).status_code == 403


def test_link_to_the_admin_knows_the_context_path(visitor, war):
    assert 'href="%s/admin/"' % war.path in visitor.get("/").text
    found = visitor.get("/admin", allow_redirects=False)
    assert (found.status_code, found.headers["Location"]) == (301, war.path + "/admin/")


def test_white_noise_serves_the_files_of_each_application(visitor):
    for path in ("/static/books/shelf.css", "/static/admin/css/base.css"):
        response = assert_not_sent_twice(visitor, path)
        assert response.headers["Content-Type"].startswith("text/css")
        # Tomcat and Jetty would not say it.
        assert "public" in response.headers["Cache-Control"]
    assert visitor.get("/static/books/models.py").status_code == 404


@pytest.mark.parametrize("war", [BY_THE_CONTAINER], indirect=True, ids=["collected"])
def test_container_serves_what_was_collected(visitor):
    for path in ("/static/books/shelf.css", "/static/admin/css/base.css"):
        response = assert_not_sent_twice(visitor, path)
        # WhiteNoise would say it.
        assert "public" not in response.headers.get("Cache-Control", "")
    link = 'href="%s/static/admin/css/base.css"' % visitor.path
    assert link in visitor.get("/admin/login/").text


def test_visitors_at_once_share_the_database(crowd):
    def visit(visitor, number):
        assert visitor.get("/").status_code == 200

    crowd(visit)

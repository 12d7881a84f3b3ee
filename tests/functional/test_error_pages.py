"""An application's own 4xx and 5xx: never replaced by a container's error page."""

import pytest

import client
from mounts import APPS
from wars import War
from webxml import Filter, Servlet, WebXml

STATUSES = [400, 403, 404, 405, 410, 418, 500, 503, 599]
PAGE = b"the operator's page"
APP = {"isthmus.app": "own_errors:application"}


def _pages():
    pages = ["<error-code>%d</error-code>" % status for status in STATUSES]
    pages.append("<exception-type>java.lang.Throwable</exception-type>")
    location = "<location>/page.txt</location>"
    return "".join("<error-page>%s%s</error-page>" % (p, location) for p in pages)


def _war(path, extra):
    return War(
        path,
        WebXml(
            servlets=[Servlet("servlet", ["/servlet/*"], APP)],
            filters=[Filter("filter", ["/filter/*"], APP)],
            extra=extra,
        ),
        files={
            "WEB-INF/app/own_errors.py": APPS / "own_errors.py",
            "WEB-INF/app/_board.py": APPS / "_board.py",
            "page.txt": PAGE,
        },
    )


# One as the container has it by default, one whose operator has pages of his own.
WARS = [_war("/pages/default", ""), _war("/pages/own", _pages())]
WAR_PATHS = pytest.mark.parametrize("war", ["/pages/default", "/pages/own"])
ENTRIES = pytest.mark.parametrize("kind", ["servlet", "filter"])


def _get(server, war, kind, case, status=200):
    target = "%s/%s/?case=%s&status=%d" % (war, kind, case, status)
    return client.fetch(server.address, "GET", target)


@WAR_PATHS
@ENTRIES
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    "case, body",
    [
        ("list", b"the application's own page"),
        ("generator", b"the application's own page"),
        ("nothing", b""),
        ("empty", b""),
    ],
)
def test_page_of_the_application_is_sent(server, war, kind, status, case, body):
    response = _get(server, war, kind, case, status)
    assert (response.status, response.body) == (status, body)
    assert response.header("X-App") == "own"
    assert response.header("Content-Type").startswith("text/x-own")


@ENTRIES
def test_failure_of_the_application_has_the_operators_page(server, kind):
    response = _get(server, "/pages/own", kind, "raises")
    assert (response.status, response.body) == (500, PAGE)


@ENTRIES
def test_failure_without_such_a_page_has_the_containers(server, kind):
    response = _get(server, "/pages/default", kind, "raises")
    assert response.status == 500
    assert b"secret" not in response.body

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


# One whose operator has pages of his own; the WARs of apps/ have the container's.
OWN = War(
    "/pages/own",
    WebXml(
        servlets=[Servlet("servlet", ["/servlet/*"], APP)],
        filters=[Filter("filter", ["/filter/*"], APP)],
        extra=_pages(),
    ),
    files={
        "WEB-INF/app/own_errors.py": APPS / "own_errors.py",
        "WEB-INF/app/_board.py": APPS / "_board.py",
        "page.txt": PAGE,
    },
)
WARS = [OWN]
ASKED = ("own_errors",)


@pytest.fixture
def get(server, mount, entry):
    """Asks the application in one of the two, as servlet or filter."""
    prefixes = {"default": mount("own_errors").prefix, "own": OWN.path + "/" + entry}

    def got(pages, case, status=200):
        target = "%s/?case=%s&status=%d" % (prefixes[pages], case, status)
        return client.fetch(server.address, "GET", target)

    return got


@pytest.mark.parametrize("pages", ["default", "own"])
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
def test_page_of_the_application_is_sent(get, pages, status, case, body):
    response = get(pages, case, status)
    assert (response.status, response.body) == (status, body)
    assert response.header("X-App") == "own"
    assert response.header("Content-Type").startswith("text/x-own")


def test_failure_of_the_application_has_the_operators_page(get):
    response = get("own", "raises")
    assert (response.status, response.body) == (500, PAGE)


def test_failure_without_such_a_page_has_the_containers(get):
    response = get("default", "raises")
    assert response.status == 500
    assert b"secret" not in response.body

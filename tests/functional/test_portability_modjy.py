"""The exchanges of tests/portability with modjy itself, in the Tomcat it is for."""

import pytest

import asking
import explaining
from exchanges import REQUESTS
from paths import HERE
from wars import War
from webxml import Servlet, WebXml

# With a Jython of its own: not on the heap of all other web applications.
BOOT = "modjy"
MODJY = "com.xhaus.modjy.ModjyJServlet"


def _servlet(app):
    params = {
        "app_directory": "$/WEB-INF/app",
        "app_import_name": app + ".application",
        "log_level": "info",
    }
    return Servlet(app, ["/%s/*" % app], params, class_name=MODJY)


WARS = [
    War(
        "/modjy-itself",
        WebXml(servlets=[_servlet(app) for app in ("compared", "environ")]),
        files={
            "WEB-INF/app/%s.py" % app: HERE / "apps" / ("%s.py" % app)
            for app in ("compared", "environ")
        },
        jython="WEB-INF/lib",
    )
]


@pytest.mark.parametrize("name", REQUESTS)
def test_every_difference_is_explained_and_occurs(server, name):
    app, text = REQUESTS[name]
    place = asking.Place(app, "/modjy-itself/")
    items, places = asking.ask(server.address, place, text)
    assert explaining.wrong("modjy", name, items, places) == []

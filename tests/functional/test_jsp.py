"""Python shows a JSP: on the Tomcats as they are, on Jetty by its module for JSPs."""

import pytest

import client
import containers
import engines
from paths import HERE
from wars import War
from webxml import Filter, Servlet, WebXml

SITES = HERE / "sites"


def _war(path, settings=()):
    return War(
        path,
        WebXml(
            servlets=[
                Servlet("app", ["/hand/*"], {"isthmus.app": "handing:application"}),
                Servlet("cart", ["/cart"], {"isthmus.app": "shows_cart:application"}),
                Servlet("model", ["/model/*"], class_name="functional.ModelServlet"),
                Servlet("java", ["/java/*"], class_name="functional.ChainedServlet"),
            ],
            filters=[
                Filter(
                    "around",
                    ["/java/*"],
                    {
                        "isthmus.app": "around:application",
                        "isthmus.filter.chain": "wsgi",
                    },
                )
            ],
            context_params=dict(settings),
        ),
        files={
            "WEB-INF/app/handing.py": SITES / "dispatch" / "handing.py",
            "WEB-INF/app/around.py": SITES / "chain" / "around.py",
            # As docs/servlets.md has them.
            "WEB-INF/app/shows_cart.py": SITES / "jsp" / "shows_cart.py",
            "WEB-INF/app/cart.jsp": SITES / "jsp" / "cart.jsp",
            "WEB-INF/page.jsp": SITES / "jsp" / "page.jsp",
        },
        java=["functional/ModelServlet.java", "functional/ChainedServlet.java"],
    )


PATH = "/jsp"
WARS = [_war(PATH)]
ON_JETTY = [_war("/" + name, kind.settings) for name, kind in engines.KINDS.items()]


@pytest.fixture(
    scope="module",
    params=["jetty-ee10", pytest.param("jetty-ee8", marks=pytest.mark.matrix)],
)
def jetty(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("jsp") / "base"
    jetty = containers.create(request.param, jdk, compiler=jdk, base=base)
    jetty.files = {"start.d/jsp.ini": "--module=%s-jsp\n" % jetty.ee}
    jetty.start(ON_JETTY)
    yield jetty
    jetty.stop()


def _assert_shows_the_cart(server, path):
    response = client.fetch(server.address, "GET", path + "/cart")
    assert (response.status, b"<li>tea: 3</li>" in response.body) == (200, True)


def _assert_shows(server, path, way):
    target = "%s/hand/%s?/WEB-INF/page.jsp" % (path, way)
    response = client.fetch(server.address, "GET", target)
    assert response.status == 200, response
    assert "<p>1 gr\u00fc\u00dfe true</p>" in response.body.decode()
    kind = response.header("Content-Type").lower()
    wanted = "html" if way == "forward" else "plain"
    assert kind.replace(" ", "") == "text/%s;charset=utf-8" % wanted


@pytest.mark.parametrize("way", ["forward", "include"])
def test_python_shows_a_jsp(server, way):
    _assert_shows(server, PATH, way)


def test_example_of_the_documentation_shows_its_cart(server):
    _assert_shows_the_cart(server, PATH)


@pytest.mark.parametrize("engine", list(engines.KINDS))
def test_example_of_the_documentation_shows_its_cart_on_jetty(jetty, engine):
    _assert_shows_the_cart(jetty, "/" + engine)


@pytest.mark.parametrize("way", ["forward", "include"])
@pytest.mark.parametrize("engine", list(engines.KINDS))
def test_python_shows_a_jsp_on_jetty(jetty, engine, way):
    _assert_shows(jetty, "/" + engine, way)


def test_servlet_behind_python_shows_a_jsp(server):
    target = PATH + "/java/forward?/WEB-INF/page.jsp"
    response = client.fetch(server.address, "GET", target, [("X-Way", "mark")])
    assert (response.status, response.header("X-Seen")) == (200, "200 OK, 1 calls")
    assert b"<P>" in response.body
    assert response.header("Content-Type").lower().startswith("text/html")

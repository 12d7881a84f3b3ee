"""Sessions that Tomcat and Jetty keep in files while the web application is stopped."""

import functools

import pytest

import containers
import engines
from paths import HERE
from users import PASSWORDS
from visitor import Site, Visitor, sign_in
from wars import Operator, War
from webxml import Filter, Servlet, WebXml

SERVICES = HERE / "sites" / "services"


def _war(path, names, settings=(), operator=None):
    return War(
        path,
        WebXml(
            servlets=[
                Servlet(name, ["/%s/*" % name], {"isthmus.app": name + ":application"})
                for name in names
            ],
            filters=[Filter("java", ["/*"], class_name="functional.SessionFilter")],
            context_params=dict(settings),
        ),
        files={"WEB-INF/app/%s.py" % n: HERE / "apps" / (n + ".py") for n in names},
        java=["functional/SessionFilter.java"],
        operator=operator,
    )


MANAGER = (SERVICES / "tomcat-manager.xml").read_text()
KEPT = _war("/kept", ["sessions", "raw_sessions"], operator=Operator(MANAGER, "", {}))
LOGIN = "".join(
    (SERVICES / name).read_text() for name in ("session-config.xml", "form-login.xml")
)


def _with_login(path, settings=(), operator=None):
    servlet = Servlet("app", ["/*"], {"isthmus.app": "signs_in:application"})
    return War(
        path,
        WebXml(servlets=[servlet], context_params=dict(settings), extra=LOGIN),
        files={"WEB-INF/app/signs_in.py": HERE / "apps" / "signs_in.py"},
        operator=operator,
        probe="/who",
    )


KEPT_LOGIN = _with_login("/kept-login", operator=KEPT.operator)
WARS = [KEPT, KEPT_LOGIN]
ON_JETTY = [
    _war("/" + name, ["sessions"], kind.settings)
    for name, kind in engines.KINDS.items()
]
LOGIN_ON_JETTY = [
    _with_login("/%s-login" % name, kind.settings)
    for name, kind in engines.KINDS.items()
]


@pytest.fixture
def visitor(server):
    return Visitor(Site(server, "/kept"))


def test_session_is_there_after_the_web_application_has_started_again(visitor, server):
    visitor.get("/sessions/write")
    before = visitor.get("/types").body
    server.redeploy(KEPT)
    assert visitor.json("/sessions/read") == []
    assert visitor.get("/types").body == before


def test_identifier_from_before_a_rotation_is_dead(visitor, server):
    _assert_old_identifier_is_dead([visitor], lambda: server.redeploy(KEPT))


def _assert_old_identifier_is_dead(visitors, restart):
    """Rotate sessions that have been read from a file: it must not be there again."""
    for visitor in visitors:
        visitor.get("/sessions/count")
    restart()
    old = []
    for visitor in visitors:
        assert visitor.json("/sessions/count") == 2
        old.append(visitor.cookie)
        visitor.get("/sessions/rotate")
        assert visitor.cookie != old[-1]
    _assert_dead(visitors, old)
    restart()
    _assert_dead(visitors, old)
    assert [visitor.json("/sessions/count") for visitor in visitors] == [3] * len(old)


def _assert_dead(visitors, old):
    """Of each visitor, the session is there, and none by the old identifier."""
    for visitor, cookie in zip(visitors, old):
        assert visitor.json("/sessions/state")[1] is False
        new, visitor.cookie = visitor.cookie, cookie
        # No session, so a new one: a request that writes would begin another.
        assert visitor.json("/sessions/state")[:2] == [None, True]
        visitor.cookie = new


def _by_form(visitor):
    visitor.get("/in/who")
    assert sign_in(visitor).status in (302, 303)


def _by_python(visitor):
    assert visitor.json("/enter?alice:" + PASSWORDS["alice"]) is True


LOG_INS = (_by_form, _by_python)


def _assert_logins_are_kept(server, wars, restart):
    visitors = []
    for war in wars:
        for log_in in LOG_INS:
            visitors.append(Visitor(Site(server, war.path)))
            log_in(visitors[-1])
    before = [visitor.json("/in/who") for visitor in visitors]
    assert [found["user"][0] for found in before] == ["alice"] * len(visitors)
    restart()
    for visitor, found in zip(visitors, before):
        found["visits"] += 1
        assert visitor.json("/in/who") == found


def test_logins_are_kept_while_the_web_application_is_stopped(server):
    restart = functools.partial(server.redeploy, KEPT_LOGIN)
    _assert_logins_are_kept(server, [KEPT_LOGIN], restart)


@pytest.mark.jython
def test_no_object_of_python_enters_by_way_of_java(visitor, server):
    refused, is_same, first, is_new = visitor.json("/raw_sessions/")
    assert refused == dict.fromkeys(["object", "within", "class"], "IS0500")
    assert (is_same, first, is_new) == (True, 1, True)
    server.redeploy(KEPT)
    # The session has been read back; before, each request of this client was a 500.
    assert visitor.get("/types").body.decode("utf-8").splitlines() == [
        "java HashMap{key=String value}",
        "list ArrayList[Long 1, LinkedHashMap{a=ArrayList[String é, null]}]",
        "mixed ArrayList[ArrayList[Long 1]]",
    ]


@pytest.fixture(scope="module")
def jetty(request, tmp_path_factory):
    jdk = request.config.jdks[0]
    base = tmp_path_factory.mktemp("jetty") / "base"
    jetty = containers.create("jetty-ee10", jdk, compiler=jdk, base=base)
    # The module's directory is what --add-modules makes.
    ini = (SERVICES / "jetty-sessions.ini").read_text()
    jetty.files = {"start.d/sessions.ini": ini, "sessions/made": ""}
    jetty.start(ON_JETTY + LOGIN_ON_JETTY)
    try:
        yield jetty
    finally:
        jetty.stop()


def _restart(jetty):
    jetty.stop()
    jetty.start_again()


@pytest.mark.matrix
def test_session_is_there_after_jetty_has_started_again(jetty):
    visitors = [Visitor(Site(jetty, war.path)) for war in ON_JETTY]
    for visitor in visitors:
        visitor.get("/sessions/write")
    before = [visitor.get("/types").body for visitor in visitors]
    _restart(jetty)
    assert [visitor.json("/sessions/read") for visitor in visitors] == [[], []]
    assert [visitor.get("/types").body for visitor in visitors] == before


@pytest.mark.matrix
def test_identifier_from_before_a_rotation_is_dead_on_jetty(jetty):
    visitors = [Visitor(Site(jetty, war.path)) for war in ON_JETTY]
    _assert_old_identifier_is_dead(visitors, lambda: _restart(jetty))


@pytest.mark.matrix
def test_logins_are_kept_while_jetty_is_stopped(jetty):
    restart = functools.partial(_restart, jetty)
    _assert_logins_are_kept(jetty, LOGIN_ON_JETTY, restart)

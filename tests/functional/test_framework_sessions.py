"""The sessions of web frameworks, and of isthmus.middleware, in the container's."""

import pytest

import frameworks
from paths import HERE
from visitor import (
    Site,
    Visitor,
    assert_login_changes_the_identifier_alone,
    assert_logout_ends_the_session,
)
from webxml import Filter, Servlet, WebXml

FRAMEWORKS = ("flask", "django", "beaker", "cherrypy")
WARS = [
    frameworks.Frameworks(
        "/frameworks",
        WebXml(
            servlets=[
                Servlet(
                    name,
                    ["/%s/*" % name],
                    {"isthmus.app": name + "_app:application"},
                )
                for name in (*FRAMEWORKS, "middleware")
            ],
            filters=[Filter("java", ["/*"], class_name="functional.SessionFilter")],
        ),
        files={"WEB-INF/app": HERE / "sites" / "frameworks"},
        java=["functional/SessionFilter.java"],
        libraries=frameworks.SESSIONS,
    )
]


@pytest.fixture(params=FRAMEWORKS)
def visitor(server, request):
    return Visitor(Site(server, "/frameworks/" + request.param))


@pytest.fixture
def flask(server):
    return Visitor(Site(server, "/frameworks/flask"))


@pytest.fixture
def django(server):
    return Visitor(Site(server, "/frameworks/django"))


@pytest.fixture
def beaker(server):
    return Visitor(Site(server, "/frameworks/beaker"))


@pytest.fixture
def cherrypy(server):
    return Visitor(Site(server, "/frameworks/cherrypy"))


@pytest.fixture
def middleware(server):
    return Visitor(Site(server, "/frameworks/middleware"))


def test_middleware_has_its_session_in_the_containers(middleware):
    assert middleware.json("/look") == {}
    assert middleware.cookie is None
    (cookie,) = middleware.get("/count").all("Set-Cookie")
    assert cookie.startswith("JSESSIONID=")
    assert [middleware.json("/count"), middleware.json("/look")] == [2, {"n": 2}]
    # All of it is one attribute.
    assert middleware.get("/types").body == b'isthmus.session String {"n": 2}\n'


def test_middleware_rotates_and_ends_the_containers_session(middleware):
    assert_login_changes_the_identifier_alone(middleware)
    assert_logout_ends_the_session(middleware)


def test_reading_sets_no_cookie(visitor):
    visitor.get("/unused")
    assert visitor.json("/look") == {}
    visitor.get("/logout")
    assert visitor.cookie is None


@pytest.mark.parametrize("name", ["flask", "django"])
def test_response_says_that_it_varies(server, name):
    visitor = Visitor(Site(server, "/frameworks/" + name))
    assert visitor.get("/unused").header("Vary") is None
    assert visitor.get("/look").header("Vary") == "Cookie"


def test_session_is_the_containers(visitor):
    response = visitor.get("/count")
    (cookie,) = response.all("Set-Cookie")
    assert cookie.startswith("JSESSIONID=")
    assert [visitor.json("/count"), visitor.json("/look")] == [2, {"n": 2}]
    assert visitor.get("/types").body == b"n Long 2\n"


@pytest.mark.parametrize("name", ["flask", "django", "beaker"])
def test_change_in_place_is_written_if_it_is_marked(server, name):
    visitor = Visitor(Site(server, "/frameworks/" + name))
    assert visitor.json("/change") == [1]
    assert visitor.json("/change") == [1, 1]
    assert visitor.json("/change_unmarked") == [1, 1, 2]
    assert visitor.json("/look") == {"cart": [1, 1]}


def test_only_what_changes_is_written(visitor):
    visitor.get("/fill")
    visitor.json("/look")
    before = visitor.get("/types").body
    assert visitor.json("/change") == [1]
    # An Integer of Java's has not become the Long that Python would write.
    assert b"integer Integer 7\n" in before
    after = visitor.get("/types").body.replace(b"cart ArrayList[Long 1]\n", b"")
    assert after == before


def test_key_is_deleted(visitor):
    visitor.get("/count")
    assert visitor.json("/delete") == [False, 0, None]
    assert visitor.json("/look") == {}


def test_login_changes_the_identifier_alone(visitor):
    assert_login_changes_the_identifier_alone(visitor)


def test_logout_ends_the_session(visitor):
    assert_logout_ends_the_session(visitor)


def test_other_user_gets_another_session(visitor):
    visitor.get("/count")
    old = visitor.cookie
    visitor.get("/switch")
    assert visitor.cookie != old
    assert visitor.json("/look") == {"user": "bob"}


@pytest.mark.parametrize(
    "name, seconds", [("flask", 77), ("django", 77), ("beaker", 77), ("cherrypy", 120)]
)
def test_age_is_the_containers(server, name, seconds):
    visitor = Visitor(Site(server, "/frameworks/" + name))
    visitor.get("/count")
    assert visitor.json("/max_age") == 1800
    visitor.get("/age")
    assert visitor.json("/max_age") == seconds


def test_flask_may_have_lifetimes_that_no_container_has(flask):
    assert flask.json("/ages") == [2**31 - 1, 1]


@pytest.mark.parametrize("way", ["age_number", "age_delta"])
def test_django_may_have_lifetimes_that_no_container_has(django, way):
    assert django.get("/" + way).status == 200
    assert django.json("/max_age") == 2**31 - 1


@pytest.mark.parametrize(
    "name, cookie",
    [
        ("flask", "session="),
        ("django", "sessionid="),
        ("beaker", "beaker.session.id="),
        ("cherrypy", "session_id="),
    ],
)
def test_elsewhere_the_frameworks_own_session_is_used(server, name, cookie):
    visitor = Visitor(Site(server, "/frameworks/" + name))
    assert visitor.json("/count?elsewhere") == 1
    assert visitor.cookie.startswith(cookie)
    assert visitor.json("/count?elsewhere") == 2


@pytest.mark.parametrize("name", ["flask", "beaker", "cherrypy"])
def test_wrong_value_is_refused_where_it_is_written(server, name):
    visitor = Visitor(Site(server, "/frameworks/" + name))
    assert visitor.json("/refuse") == ["IS0500", True]
    assert visitor.cookie is None


def test_flask_keeps_messages(flask):
    flask.get("/flash")
    assert flask.json("/flashed") == [["good", "Saved."]]
    assert flask.json("/flashed") == []


def test_django_logs_a_wrong_value(django, server):
    mark = server.log.mark()
    assert django.get("/refuse").status == 500
    server.log.wait_for(r"IS0500: .*session\['cart'\]", mark)
    assert django.json("/look") == {}


def test_django_ends_a_session_at_its_time(django):
    django.get("/end")
    assert django.get("/types").body != b""
    assert django.json("/look") == {}
    assert django.get("/types").body == b""


def test_django_creates_an_empty_session(django):
    assert django.json("/create") == [True, False, {}]
    assert django.cookie.startswith("JSESSIONID=")
    django.get("/count")
    assert django.json("/create") == [True, False, {}]
    assert django.json("/look") == {}


def test_django_clears_a_session_and_keeps_it(django):
    django.get("/count")
    old = django.cookie
    django.get("/clear")
    assert django.cookie == old
    assert django.json("/look") == {}


def test_django_is_missing_the_middleware(django):
    assert "isthmus.sessions.django.SessionMiddleware" in django.json("/engine")


def test_beaker_writes_only_what_is_saved(beaker):
    beaker.get("/write")
    assert beaker.cookie is None
    beaker.get("/change")
    assert beaker.json("/revert") == [1]
    assert beaker.json("/look") == {"cart": [1]}


def test_beaker_saves_and_limits_each_session_if_it_is_configured(beaker):
    beaker.get("/unused?auto")
    assert beaker.cookie is None
    beaker.get("/write?auto")
    assert beaker.json("/look") == {"n": 1}
    assert beaker.json("/max_age") == 77


@pytest.mark.parametrize(
    "way, status", [("look", 200), ("redirect", 303), ("fail", 500), ("missing", 500)]
)
def test_cherrypy_sends_no_cookie_of_its_own(cherrypy, way, status):
    response = cherrypy.get("/" + way)
    assert (response.status, response.all("Set-Cookie")) == (status, [])


def test_cherrypy_writes_what_was_changed_in_place(cherrypy):
    cherrypy.get("/change")
    # Once it has been written, and once it has been read.
    assert cherrypy.json("/change") == [1, 1]
    assert cherrypy.json("/look") == {"cart": [1, 1]}


def test_cherrypy_streams_with_a_session(cherrypy):
    response = cherrypy.get("/stream")
    (cookie,) = response.all("Set-Cookie")
    assert (response.body, cookie.partition("=")[0]) == (b"ab", "JSESSIONID")
    assert cherrypy.json("/look") == {"cart": [1, 2]}

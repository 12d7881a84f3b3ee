"""Sessions: the cookie, what is kept, and who can guess or fix it."""

import re

import pytest

import isthmus.session
from isthmus.middleware.session import Memory, Session, Sessions, make_filter
from session_calls import Container

TEXT = [("Content-Type", "text/plain")]


def counting(environ, start_response):
    """Counts visits; PATH_INFO says what else to do with the session."""
    session = environ["isthmus.session"]
    path = environ["PATH_INFO"]
    if path == "/end":
        session.invalidate()
    elif path != "/look":
        session["visits"] = session.get("visits", 0) + 1
    if path == "/renew":
        session.rotate()
    start_response("200 OK", list(TEXT))
    return [b"%d %d" % (session.get("visits", 0), session.is_new)]


class Visitor:
    """A client that keeps its cookie."""

    def __init__(self, ask, app):
        self.ask, self.app, self.cookie, self.set = ask, app, None, None

    def __call__(self, path="/", **more):
        if self.cookie:
            more["HTTP_COOKIE"] = "other=1; %s" % self.cookie
        answer = self.ask(self.app, path, **more)
        self.set = answer.headers.get("Set-Cookie")
        if self.set:
            self.cookie = self.set.partition(";")[0]
        return answer.body.decode()


@pytest.fixture
def visitor(ask):
    app = Sessions(counting)
    return lambda app=app: Visitor(ask, app)


def test_session_is_kept_by_a_cookie_that_is_set_once(visitor):
    visit = visitor()
    assert visit() == "1 1" and visit.set
    assert (visit(), visit.set) == ("2 0", None)


def test_each_visitor_has_a_session(visitor):
    one, other = visitor(), visitor()
    assert [one(), one(), other()] == ["1 1", "2 0", "1 1"]
    assert one.cookie != other.cookie


def test_cookie_is_opaque_and_kept_from_scripts_and_other_sites(visitor):
    visit = visitor()
    visit(SCRIPT_NAME="/m x;y")
    pattern = "session=[0-9a-f]{64}; Path=/m%20x%3By; HttpOnly; SameSite=Lax"
    assert re.fullmatch(pattern, visit.set)


def test_cookie_of_https_is_for_https_alone(visitor):
    visit = visitor()
    visit(wsgi__url_scheme="https", SERVER_PORT="443")
    assert visit.set.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")


def test_empty_session_sets_no_cookie(visitor):
    visit = visitor()
    assert (visit("/look"), visit.set) == ("0 1", None)


@pytest.mark.parametrize("cookie", ["session=" + "0" * 64, "session=x", "session="])
def test_identifier_of_the_clients_own_is_not_used(visitor, cookie):
    visit = visitor()
    visit.cookie = cookie
    assert visit() == "1 1"
    assert visit.cookie != cookie


def test_renewed_session_has_another_identifier_and_the_old_one_is_nobodys(visitor):
    visit, thief = visitor(), visitor()
    visit()
    thief.cookie = visit.cookie
    assert visit("/renew") == "2 0"
    assert visit.cookie != thief.cookie
    assert visit() == "3 0"
    assert thief("/look") == "0 1"


def test_ended_session_is_gone_on_both_sides(visitor):
    visit = visitor()
    visit()
    thief = visitor()
    thief.cookie = visit.cookie
    visit("/end")
    assert visit.set.startswith("session=; ") and "Max-Age=0" in visit.set
    assert thief("/look") == "0 1"


def test_session_ends_when_nobody_comes(ask, monkeypatch):
    visit = Visitor(ask, Sessions(counting, timeout=60))
    now = [1000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    visit()
    now[0] += 59
    assert visit() == "2 0"
    now[0] += 61
    assert visit() == "1 1"


def test_memory_is_not_filled_and_keeps_the_latest():
    memory = Memory(max_sessions=10)
    names = ["%064x" % number for number in range(25)]
    for name in names:
        memory.write(name, "{}")
    kept = [name for name in names if memory.read(name)]
    assert len(kept) <= 10 and kept[-3:] == names[-3:]


def test_what_is_no_json_is_refused_at_once(ask):
    def app(environ, start_response):
        environ["isthmus.session"]["x"] = object()
        start_response("200 OK", list(TEXT))
        return []

    with pytest.raises(TypeError, match="JSON"):
        ask(Sessions(app))


@pytest.fixture
def container():
    return Container()


def test_containers_session_is_used_where_there_is_one(ask, container):
    app, session = Sessions(counting), isthmus.session.Session(container)
    ask(app, "/look", isthmus__session=session)
    assert container.kept is None
    answer = ask(app, isthmus__session=session)
    assert "Set-Cookie" not in answer.headers
    assert container.kept == {"isthmus.session": '{"visits": 1}'}
    assert ask(app, "/renew", isthmus__session=session).body == b"2 0"
    assert container.rotations == 1
    ask(app, "/end", isthmus__session=session)
    assert container.kept is None


def test_emptied_session_stays_the_containers(ask, container):
    def emptying(environ, start_response):
        environ["isthmus.session"].clear()
        start_response("200 OK", list(TEXT))
        return []

    session = isthmus.session.Session(container)
    ask(Sessions(counting), isthmus__session=session)
    ask(Sessions(emptying), isthmus__session=session)
    assert container.kept == {"isthmus.session": "{}"}


def test_earlier_names_do_the_same():
    assert Session.renew is Session.rotate
    assert Session.end is Session.invalidate


def test_store_that_was_chosen_is_used_in_a_container_too(ask, container):
    session = isthmus.session.Session(container)
    answer = ask(Sessions(counting, Memory()), isthmus__session=session)
    assert answer.headers["Set-Cookie"] and container.kept is None


def test_paste_deploy_passes_text(ask):
    visit = Visitor(ask, make_filter({}, cookie="sid", timeout="5")(counting))
    visit()
    assert visit.cookie.startswith("sid=")

"""The login form: its redirections, its session, and who may send it."""

import re
import urllib.parse
import urllib.request

import pytest

from guarded import basic, guarded, is_right, who
from isthmus.middleware import forms, passwords
from isthmus.middleware.forms import Form
from isthmus.middleware.identification import Basic, make_authentication
from isthmus.middleware.session import Sessions
from isthmus.session import Session
from session_calls import Container

# A form.


class Visitor:
    def __init__(self, ask, app=None):
        self.app = Sessions(app or guarded(Form(is_right)))
        self.ask, self.cookie = ask, ""

    def __call__(self, path, method="GET", query="", origin=None, **fields):
        body = urllib.parse.urlencode(fields).encode()
        more = {"HTTP_COOKIE": self.cookie, "QUERY_STRING": query, "SCRIPT_NAME": "/m"}
        if origin:
            more.update(HTTP_ORIGIN=origin, HTTP_HOST="shop.example")
        answer = self.ask(self.app, path, method, body, **more)
        if "Set-Cookie" in answer.headers:
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return answer


def test_form_leads_in_and_back_to_where_somebody_wanted_to_go(ask):
    visit = Visitor(ask)
    answer = visit("/basket", query="a=1&b=<")
    assert answer.status == "303 See Other"
    path, _, query = answer.headers["Location"].partition("?")
    assert path == "/m/login"
    page = visit("/login", query=query)
    assert page.status == "200 OK"
    assert b'action="/m/login"' in page.body
    wanted = re.search(rb'name="next" value="([^"]*)"', page.body).group(1)
    assert wanted == b"/m/basket?a=1&amp;b=&lt;"
    wrong = visit("/login", "POST", user="alice", password="no", next="/m/x")
    assert wrong.status == "401 Unauthorized" and b'role="alert"' in wrong.body
    visit.cookie = before = ""
    wanted = "/m/basket?a=1"
    right = visit("/login", "POST", user="alice", password="secret", next=wanted)
    assert right.status == "303 See Other"
    assert right.headers["Location"] == "/m/basket?a=1"
    assert visit.cookie != before
    assert visit("/basket").body == b"alice Form"


def test_session_of_the_container_needs_no_middleware(ask):
    container = Container()
    app, session = guarded(Form(is_right)), Session(container)
    body = urllib.parse.urlencode({"user": "alice", "password": "secret"}).encode()
    done = ask(app, "/login", "POST", body, isthmus__session=session)
    assert done.status == "303 See Other"
    assert (container.rotations, container.kept) == (1, {"isthmus.user": "alice"})
    assert ask(app, "/basket", isthmus__session=session).body == b"alice Form"
    ask(app, "/logout", "POST", isthmus__session=session)
    assert container.kept is None


def test_paste_deploy_reads_users_of_the_form_from_a_file(ask, tmp_path):
    file = tmp_path / "users"
    file.write_text("alice:" + passwords.hashed("secret", 10), encoding="utf-8")
    app = forms.make_filter({}, str(file), path="/in")(make_authentication({})(who))
    visit = Visitor(ask, app)
    assert visit("/basket").headers["Location"].startswith("/m/in?")
    visit("/in", "POST", user="alice", password="secret")
    assert visit("/basket").body == b"alice Form"


def test_login_has_a_new_session(ask):
    visit = Visitor(ask)
    visit("/login", "POST", user="alice", password="secret")
    before = visit.cookie
    visit("/login", "POST", user="alice", password="secret")
    after, visit.cookie = visit.cookie, before
    assert after != before
    assert visit("/basket").status == "303 See Other"


def test_user_beyond_ascii_is_the_octets_that_were_sent(ask):
    visit = Visitor(ask)
    visit("/login", "POST", user="jos\u00e9", password="p\u00e4:ss")
    assert visit("/basket").body == "jos\u00e9 Form".encode()


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https://evil.example", "", "x\r\nY: z"],
)
def test_login_never_leads_to_another_site(ask, wanted):
    answer = Visitor(ask)(
        "/login", "POST", user="alice", password="secret", next=wanted
    )
    assert answer.headers["Location"] == "/m"


def test_logout_is_a_post_and_ends_it(ask):
    visit = Visitor(ask)
    visit("/login", "POST", user="alice", password="secret")
    assert visit("/logout").status == "405 Method Not Allowed"
    assert visit("/basket").body == b"alice Form"
    assert visit("/logout", "POST").status == "303 See Other"
    assert visit("/basket").status == "303 See Other"


def test_form_that_was_sent_elsewhere_is_not_lost_in_a_redirection(ask):
    assert Visitor(ask)("/basket", "POST").status == "403 Forbidden"


def test_large_form_is_refused(ask):
    answer = Visitor(ask)("/login", "POST", user="a" * 20000)
    assert answer.status == "413 Content Too Large"


@pytest.mark.parametrize(
    "accept, status",
    [("text/html,*/*", "303 See Other"), ("*/*", "401 Unauthorized")],
)
def test_people_get_the_form_and_programs_what_they_can_answer(ask, accept, status):
    app = Sessions(guarded(Form(is_right), Basic("shop", is_right)))
    assert ask(app, HTTP_ACCEPT=accept).status == status
    assert ask(app, **basic(b"alice", b"secret")).body == b"alice Basic"


def test_form_without_sessions_says_so(ask):
    with pytest.raises(RuntimeError, match="Sessions around Identification"):
        ask(guarded(Form(is_right)))


@pytest.mark.parametrize("path", ["/login", "/logout"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_form_of_another_site_is_refused(ask, path, origin):
    fields = {"user": "alice", "password": "secret"}
    answer = Visitor(ask)(path, "POST", origin=origin, **fields)
    assert answer.status == "403 Forbidden"
    ours = Visitor(ask)(path, "POST", origin="https://shop.example", **fields)
    assert ours.status == "303 See Other"

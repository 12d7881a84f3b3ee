"""Errors: who is told what, and when it is too late."""

import pytest

from isthmus.middleware.errors import Errors, make_filter

SECRET = "the password is <swordfish>"
HTML = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"}


def raising(environ, start_response):
    raise ValueError(SECRET)


def raising_late(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b""
    raise ValueError(SECRET)


def raising_too_late(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"begun"
    raise ValueError(SECRET)


@pytest.mark.parametrize("app", [raising, raising_late])
def test_machines_get_plain_text(ask, app):
    answer = ask(Errors(app), HTTP_ACCEPT="*/*")
    assert answer.status == "500 Internal Server Error"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.body.startswith(b"500 Internal Server Error (")
    assert int(answer.headers["Content-Length"]) == len(answer.body)


@pytest.mark.parametrize("app", [raising, raising_late])
def test_people_get_a_page(ask, app):
    answer = ask(Errors(app), **HTML)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"<h1>Something went wrong</h1>" in answer.body
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accept", [{}, HTML])
@pytest.mark.parametrize("debug", [False, True])
def test_strangers_see_no_traceback(ask, accept, debug):
    body = ask(Errors(raising, debug), REMOTE_ADDR="192.0.2.7", **accept).body
    assert b"swordfish" not in body and b"Traceback" not in body


def test_number_of_the_error_is_in_the_log_with_the_traceback(ask):
    answer = ask(Errors(raising))
    number = answer.body.decode().partition("(")[2].partition(")")[0]
    logged = answer.logged()
    head, traceback = logged.split("\n", 1)
    assert number in head and traceback.startswith("Traceback")
    assert SECRET in logged


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::FFFF:127.1.1.1"])
def test_developer_sees_the_traceback_escaped(ask, address):
    answer = ask(Errors(raising, debug=True), REMOTE_ADDR=address, **HTML)
    assert b"ValueError: the password is &lt;swordfish&gt;" in answer.body


@pytest.mark.parametrize("name", ["X_FORWARDED_FOR", "FORWARDED", "VIA", "X_REAL_IP"])
def test_who_comes_by_a_proxy_is_a_stranger(ask, name):
    more = {"REMOTE_ADDR": "127.0.0.1", "HTTP_" + name: "x"}
    answer = ask(Errors(raising, True), **more)
    assert b"swordfish" not in answer.body


@pytest.mark.parametrize(
    "address", ["10.127.0.0.1", "128.0.0.1", "127.0.0.1.example.org", ""]
)
def test_other_addresses_are_no_loopback(ask, address):
    answer = ask(Errors(raising, debug=True), REMOTE_ADDR=address)
    assert b"swordfish" not in answer.body


def test_debug_is_off_by_default(ask):
    assert b"swordfish" not in ask(Errors(raising), REMOTE_ADDR="127.0.0.1").body


def test_what_has_begun_is_the_servers_affair(begin):
    exchange = begin(Errors(raising_too_late))
    assert exchange.step() == b"begun"
    with pytest.raises(ValueError, match="swordfish"):
        exchange.step()
    # The server will log it: not twice.
    assert exchange.logged() == ""
    exchange.close()


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
def test_what_ends_a_program_is_left_alone(begin, error):
    def app(environ, start_response):
        raise error()

    with pytest.raises(error):
        begin(Errors(app))


def test_paste_deploy_passes_text(ask):
    app = make_filter({}, debug="true")(raising)
    assert b"swordfish" in ask(app, REMOTE_ADDR="::1").body
    with pytest.raises(ValueError, match="'maybe' .*true"):
        make_filter({}, debug="maybe")

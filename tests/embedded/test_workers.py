"""CPython behind a real Tomcat: requests, responses, failures and the log."""

import stat
import subprocess
import threading

import pytest

import client
import worker_app
import workers
from worker_app import APP


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    started = workers.Workers(
        tmp_path_factory.mktemp("app"),
        {"app.py": APP},
        workers="1",
        request__max_body="200000000",
    )
    assert started.port, started.text()
    yield started
    assert started.stop() == 0, started.text()


def test_hello(server):
    response = server.get("/hello")
    assert (response.status, response.body) == (200, b"Hello, world!")
    assert response.header("Content-Length") == "13"
    assert response.header("Content-Type").startswith("text/plain")


def test_environ_is_what_was_sent(server):
    response = server.get("/env?a=%C3%A9", headers=[("X-Y", "\xe9"), ("Cookie", "a=1")])
    environ = eval(response.body)
    assert environ["SCRIPT_NAME"] == "/c/app"
    assert environ["PATH_INFO"] == "/env"
    assert environ["HTTP_X_Y"] == "\xe9"
    assert environ["HTTP_COOKIE"] == "a=1"
    assert environ["REQUEST_METHOD"] == "GET"
    assert environ["wsgi.url_scheme"] == "http"
    assert environ["wsgi.version"] == (1, 0)
    assert environ["wsgi.multithread"] is True
    assert environ["wsgi.multiprocess"] is False
    assert environ["SERVER_SOFTWARE"].startswith("Apache Tomcat")
    assert "HTTPS" not in environ


def test_path_is_octets(server):
    environ = eval(server.get("/env/../env?x").body)
    assert environ["QUERY_STRING"] == "x"
    body = server.get("/%65nv").body
    assert eval(body)["PATH_INFO"] == "/env"


def test_large_head_reaches_the_application(server):
    cookie = "c=" + "x" * 6000
    environ = eval(server.get("/env", headers=[("Cookie", cookie)]).body)
    assert environ["HTTP_COOKIE"] == cookie


@pytest.mark.parametrize("size", ["", "1", "1000", "65536"])
def test_body_comes_back(server, size):
    body = bytes(range(256)) * (4 if size == "1" else 1000)
    assert server.get("/echo?" + size, "POST", body=body).body == body


def test_lines_of_a_body(server):
    response = server.get("/lines", "POST", body=b"one\ntwo\nthree")
    assert response.body == b"b'one\\n'b'two\\n'b'three'"


def test_large_body_is_read_in_parts(server):
    body = b"z" * 3_000_000
    assert server.get("/length", "POST", body=body).body == b"3000000"


def test_generated_blocks_are_all_sent(server):
    response = server.get("/streams?40")
    assert response.complete
    assert response.body == b"x" * 65536 * 40


def test_client_that_goes_away_ends_the_iteration(server):
    before = int(server.get("/count").body)
    with client.Connection(("127.0.0.1", server.port)) as connection:
        connection.send(b"GET /c/app/endless HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.receive_head()
    workers.until(lambda: int(server.get("/count").body) == before + 1)
    assert server.get("/hello").status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_files(server, method):
    response = server.get("/file", method)
    assert response.header("Content-Length") == str(len(APP.encode()))
    assert response.body == (APP.encode() if method == "GET" else b"")
    response = server.get("/temporary", method)
    assert response.header("Content-Length") == str(100000 - 5)
    assert response.body == ((b"0123456789" * 10000)[5:] if method == "GET" else b"")


def test_failure_is_a_500_with_a_traceback_in_the_log(server):
    response = server.get("/fails")
    assert response.status == 500
    assert b"the cause" not in response.body
    text = workers.until(lambda: "IS0036" in server.text() and server.text())
    assert "KeyError: 'the cause'" in text
    assert "in fails" in text


def test_late_failure_cuts_the_response(server):
    response = server.get("/fails_late")
    assert (response.body, response.complete) == (b"begun", False)


def test_bad_header_is_refused_with_its_code(server):
    assert server.get("/bad").status == 500
    workers.until(lambda: "ValueError: IS0016" in server.text())


def test_length_is_kept(server):
    response = server.get("/short")
    assert not response.complete
    workers.until(lambda: "IS0034" in server.text())
    before = int(server.get("/count").body)
    assert server.get("/long").body == b"abc"
    workers.until(lambda: "IS0035" in server.text())
    workers.until(lambda: int(server.get("/count").body) == before + 1)


def test_no_content_has_none(server):
    response = server.get("/no_content")
    assert (response.status, response.body) == (204, b"")
    assert server.get("/hello").status == 200


def test_head_has_the_head_alone(server):
    response = server.get("/hello", "HEAD")
    assert (response.header("Content-Length"), response.body) == ("13", b"")
    assert server.get("/streams?3", "HEAD").body == b""
    assert server.get("/hello").body == b"Hello, world!"


def test_output_is_in_the_log(server):
    assert server.get("/prints").status == 200
    for text in (
        "printed é",
        "to stderr",
        "to errors",
        "shop: logged",
        "be warned",
        "raw out",
        "raw err",
    ):
        workers.until(lambda text=text: text in server.text())


def test_long_record_is_cut_and_its_worker_goes_on(server):
    before = server.get("/pid").body
    assert server.get("/prints_much").body == b"printed"
    text = workers.until(lambda: "xlast" in server.text() and server.text())
    (line,) = [line for line in text.splitlines() if "xlast" in line]
    assert "firstx" in line
    assert "[... 19934473 characters cut ...]" in line
    assert server.get("/prints_much").body == b"printed"
    assert server.get("/pid").body == before


def test_no_variable_and_no_socket_of_the_container_is_inherited(server):
    variables = eval(server.get("/variables").body)
    assert not [name for name in variables if name.startswith(("JAVA", "LD_"))]
    assert "PATH" in variables
    links = eval(server.get("/fds").body)
    assert not [link for link in links if link.startswith("socket:")], links


def test_no_other_user_can_reach_the_pipes(server):
    (pipes,) = server.temporary.glob("**/isthmus-workers-*")
    assert server.get("/hello").status == 200
    entries = (pipes, *pipes.rglob("*"))
    modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in entries}
    assert modes[pipes.name] == 0o700
    assert {"q", "p0", "d0"} <= set(modes)
    assert {mode & 0o077 for mode in modes.values()} == {0}


def test_signals_are_those_of_an_ordinary_process(server):
    """Also in a program that the application runs, and of multiprocessing."""
    shown = eval(server.get("/signals").body)
    masks = [worker_app.masks(text) for text in shown]
    assert [blocked for blocked, _ in masks] == 3 * [0]
    # What is ignored here may be so because of who has started the tests.
    with open("/proc/self/status") as file:
        python = worker_app.masks(file.read())[1]
    own = ["cat", "/proc/self/status"]
    program = worker_app.masks(subprocess.check_output(own, text=True))[1]
    expected = [python, program, python]
    assert [mask[1] & ~own for mask, own in zip(masks, expected)] == [0, 0, 0]


@pytest.mark.parametrize(
    "name", ["dies", "crashes", "aborts", "forks_and_dies", "breaks_events"]
)
def test_worker_that_ends_costs_its_request(server, name):
    before = server.get("/pid").body
    assert server.get("/" + name).status == 502
    after = server.get("/pid")
    assert after.status == 200
    assert after.body != before
    workers.until(lambda: "IS0183" in server.text())
    assert not [p for p in server.processes() if workers.state(p) == "Z"]


def test_worker_that_ends_in_a_response_cuts_it(server):
    response = server.get("/dies_late")
    assert (response.body, response.complete) == (b"begun", False)
    assert server.get("/hello").status == 200


@pytest.mark.parametrize("name", ["crashes", "aborts"])
def test_crash_leaves_a_stack(server, name):
    server.get("/" + name)
    workers.until(lambda: "in " + name in server.text())


def test_exit_of_a_request_is_its_failure_alone(server):
    before = server.get("/pid").body
    assert server.get("/exits").status == 500
    workers.until(lambda: "SystemExit: 3" in server.text())
    assert server.get("/pid").body == before


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_processes_of_multiprocessing_serve_the_application(server, method):
    """And end with its request: none is left, and the worker goes on."""
    before = server.get("/pid").body
    pids = eval(server.get("/pools?" + method).body)
    assert len({int(before), *pids}) == 3
    workers.until(lambda: [workers.state(pid) for pid in pids] == [None, None])
    assert server.get("/pid").body == before


def test_several_requests_are_served_at_once(server):
    answers = []

    def sleep():
        answers.append(server.get("/sleeps?1").body)

    threads = [threading.Thread(target=sleep) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert server.get("/hello").status == 200
    assert not answers
    for thread in threads:
        thread.join()
    assert answers == [b"slept"] * 3

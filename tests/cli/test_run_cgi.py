"""`isthmus run-cgi` runs an application as PEP 3333's run_with_cgi does."""

import os
import socket
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import isthmus_cli
from isthmus_cli import cgi_application
from isthmus_cli.cpython import environments
from isthmus_cli.rules import Rule, ToolError

PYTHON = Path(isthmus_cli.__file__).parents[1]
APPS = """
import sys
from wsgiref.validate import validator


def environ(environ, start_response):
    print("this is for the log")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("%s=%s\\n" % (k, ascii(environ[k]))).encode() for k in sorted(environ)]


@validator
def echo(environ, start_response):
    body = environ["wsgi.input"].read(100)
    write = start_response("201 Made", [("Content-Type", "a/b"), ("X-A", "1")])
    write(b"<")
    return [body, b">"]


def longer(environ, start_response):
    start_response("200 OK", [("Content-Type", "a/b"), ("Content-Length", "5")])
    return [b"blo", b"ck and", b" more"]


class Made:
    def serve(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"made"]


def fails(environ, start_response):
    raise ValueError("secret")


number = 7
"""
SERVER = {
    b"GATEWAY_INTERFACE": b"CGI/1.1",
    b"REQUEST_METHOD": b"GET",
    b"SERVER_NAME": b"x",
    b"SERVER_PORT": b"443",
    b"SERVER_PROTOCOL": b"HTTP/1.1",
    b"HTTPS": b"on",
}


@pytest.fixture
def run(tmp_path):
    """Run the tool as a server runs a CGI program."""
    (tmp_path / "apps.py").write_text(APPS)

    def running(app, body=b"", server=None, **variables):
        environment = {k.encode(): v for k, v in variables.items()}
        environment.update(SERVER if server is None else server)
        environment[b"PYTHONPATH"] = os.fsencode(PYTHON)
        environment[b"LC_ALL"] = b"C"
        return subprocess.run(
            [sys.executable, "-m", "isthmus_cli", "run-cgi", app],
            cwd=tmp_path,
            env=environment,
            input=body,
            capture_output=True,
            timeout=60,
        )

    return running


def _parts(done):
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    return head.split(b"\r\n"), body


def _environ(done):
    assert done.returncode == 0, done.stderr
    lines = _parts(done)[1].decode().splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_environ_has_a_character_for_each_octet(run):
    odd = b"/caf\xc3\xa9/\xff\xe9"
    done = run("apps:environ", PATH_INFO=odd, DOCUMENT_ROOT=odd, HTTP_X=b"\xe6\x97\xa5")
    environ = _environ(done)
    assert (
        environ["PATH_INFO"] == environ["DOCUMENT_ROOT"] == ascii(odd.decode("latin-1"))
    )
    assert environ["HTTP_X"] == ascii(b"\xe6\x97\xa5".decode("latin-1"))
    assert environ["wsgi.url_scheme"] == "'https'"
    assert (environ["wsgi.run_once"], environ["wsgi.multithread"]) == ("True", "False")
    assert environ["wsgi.multiprocess"] == "True"
    assert environ["wsgi.input_terminated"] == "True"
    assert environ["wsgi.version"] == "(1, 0)"


def test_what_is_printed_goes_to_the_log(run):
    done = run("apps:environ")
    assert done.stderr == b"this is for the log\n" and b"for the log" not in done.stdout


def test_header_proxy_is_no_setting_of_the_program(run):
    assert "HTTP_PROXY" not in _environ(run("apps:environ", HTTP_PROXY=b"evil:1"))


def test_answer_of_a_checked_application(run):
    variables = {"CONTENT_LENGTH": b"5", "REQUEST_METHOD": b"POST"}
    server = {k: v for k, v in SERVER.items() if k != b"REQUEST_METHOD"}
    done = run("apps:echo", b"\x00\xff123 and more", server, **variables)
    assert (done.returncode, done.stderr) == (0, b"")
    head, body = _parts(done)
    assert head[0] == b"Status: 201 Made"
    assert {b"Content-Type: a/b", b"X-A: 1"} <= set(head)
    assert body == b"<\x00\xff123>"


@pytest.mark.parametrize("length", [b"", b"-1", b"x", b"\xb2"])
def test_malformed_length_is_no_body(run, length):
    done = run("apps:echo", b"12345", CONTENT_LENGTH=length)
    assert _parts(done)[1] == b"<>", done.stderr


def test_chunked_body_that_the_server_has_decoded_is_read_to_its_end(run):
    variables = {"HTTP_TRANSFER_ENCODING": b"chunked", "REQUEST_METHOD": b"POST"}
    server = {k: v for k, v in SERVER.items() if k != b"REQUEST_METHOD"}
    done = run("apps:echo", b"12345", server, **variables)
    assert _parts(done)[1] == b"<12345>", done.stderr


def test_stdin_that_stays_open_ends_where_the_length_says(tmp_path, run):
    run("apps:environ")  # writes apps.py
    read, write = os.pipe()
    try:
        os.write(write, b"abc")
        done = subprocess.run(
            [sys.executable, "-m", "isthmus_cli", "run-cgi", "apps:echo"],
            cwd=tmp_path,
            env={b"PYTHONPATH": os.fsencode(PYTHON), b"CONTENT_LENGTH": b"3", **SERVER},
            stdin=read,
            capture_output=True,
            timeout=60,
        )
    finally:
        os.close(read)
        os.close(write)
    assert done.stdout.endswith(b"<abc>")


def test_octets_beyond_content_length_are_cut_and_told(run):
    done = run("apps:longer")
    assert _parts(done)[1] == b"block"
    assert done.stderr.count(b"Content-Length of 5") == 1


@pytest.mark.parametrize("app, status", [("environ", 200), ("environs", 500)])
def test_body_that_nobody_has_read_does_not_break_the_answer_off(
    tmp_path, run, app, status
):
    run("apps:environ")  # writes apps.py
    # As Apache's mod_cgid has it: one socket for both ways, which is reset if closed
    # with something in it.
    ours, its = socket.socketpair()
    with ours:
        with its:
            ours.sendall(b"abc")
            subprocess.run(
                [sys.executable, "-m", "isthmus_cli", "run-cgi", "apps:" + app],
                cwd=tmp_path,
                env={
                    b"PYTHONPATH": os.fsencode(PYTHON),
                    b"CONTENT_LENGTH": b"3",
                    **SERVER,
                },
                stdin=its,
                stdout=its,
                timeout=60,
            )
        ours.settimeout(60)
        answer = b"".join(iter(lambda: ours.recv(65536), b""))
    assert answer.startswith(b"Status: %d" % status)


def test_factories_and_methods_are_named_as_in_the_container(run):
    assert _parts(run("apps:Made().serve"))[1] == b"made"


def test_without_a_server_it_answers_a_plain_get(run):
    environ = _environ(run("apps:environ", server={}))
    assert environ["REQUEST_METHOD"] == "'GET'"
    assert environ["PATH_INFO"] == "'/'"


def test_application_that_fails_is_logged_and_tells_the_client_nothing(run):
    done = run("apps:fails")
    assert _parts(done)[0][0] == b"Status: 500 Internal Server Error"
    assert b"secret" in done.stderr and b"secret" not in done.stdout


@pytest.mark.parametrize(
    "app, text",
    [
        ("appz:environ", "'appz'"),
        ("apps:environs", "did you mean 'environ'?"),
        ("apps:number", "type int"),
    ],
)
def test_application_that_cannot_be_loaded_is_a_500_with_a_code_in_the_log(
    run, app, text
):
    done = run(app)
    assert done.returncode == 3
    assert _parts(done)[0][0] == b"Status: 500 Internal Server Error"
    output = done.stderr.decode()
    assert "IS0219: " in output and "'%s'" % app in output
    assert text in output and "Traceback" not in output


def test_import_that_fails_has_its_traceback_in_the_log(run, tmp_path):
    (tmp_path / "broken.py").write_text("import apps\napps.number / 0\n")
    done = run("broken:app")
    assert b"ZeroDivisionError" in done.stderr and b"IS0219" in done.stderr
    assert b"broken" not in done.stdout


def test_library_that_is_missing_is_reported_with_the_python_that_lacks_it(
    run, tmp_path
):
    (tmp_path / "lacks.py").write_text("import nowhere\napplication = nowhere.app\n")
    text = run("lacks:application").stderr.decode()
    assert "IMPORT_ABSENT" not in text and text.count("Traceback") == 1, text
    message = text[text.index("IS0219") :]
    assert "No module named 'nowhere'" in message and sys.executable in message


@pytest.mark.parametrize("name, value", [("library", b"7"), ("click", b"our own")])
def test_library_comes_from_the_virtual_environment_of_the_project(
    run, tmp_path, name, value
):
    venv.create(tmp_path / ".venv", symlinks=True)
    (packages,) = (tmp_path / ".venv").glob("lib/python3*/site-packages")
    # What the tool itself is made of does not get into the application's way.
    for module, source in {
        "library": "VALUE = 7\n",
        "click": "VALUE = 'our own'\n",
    }.items():
        (packages / (module + ".py")).write_text(source)
    (tmp_path / "uses.py").write_text(
        "import %s as library\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [])\n"
        "    return [str(library.VALUE).encode()]\n" % name
    )
    done = run("uses:application")
    assert _parts(done)[1] == value, done.stderr
    assert run("uses:absent").returncode == 3


def test_environment_with_another_version_of_the_tool_runs_with_this_one(tmp_path):
    venv.create(tmp_path / ".venv", symlinks=True)
    (packages,) = (tmp_path / ".venv").glob("lib/python3*/site-packages")
    for name in ("isthmus", "isthmus_cli"):
        (packages / (name + ".py")).write_text("raise ImportError('an older one')\n")
    (tmp_path / "apps.py").write_text(APPS)
    words = [tmp_path / ".venv" / "bin" / "python", "-c", cgi_application.START]
    words += [PYTHON, "apps:Made().serve", "apps:Made().serve", tmp_path]
    done = subprocess.run(words, cwd=tmp_path, env={}, capture_output=True, timeout=60)
    assert _parts(done)[1] == b"made", done.stderr


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A project in the current directory, whose environment is not the tool's."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "apps.py").write_text(APPS)
    python = tmp_path / ".venv" / "bin" / "python3"
    monkeypatch.setattr(environments, "find", lambda directory: python)
    python.parent.mkdir(parents=True)
    return python


def test_windows_server_waits_for_the_program(elsewhere, isthmus, monkeypatch):
    called = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "call", lambda words: called.append(words) or 7)
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("nobody would wait for it"))
    assert isthmus("run-cgi", "apps:environ").code == 7
    (words,) = called
    assert words[0] == str(elsewhere) and "apps:environ" in words


def test_environment_that_cannot_be_found_out_is_a_500(elsewhere, isthmus, monkeypatch):
    def unreadable(directory):
        raise ToolError(Rule.PROJECT_UNREADABLE, directory, "no TOML")

    refused = []
    monkeypatch.setattr(environments, "find", unreadable)
    monkeypatch.setattr(cgi_application, "refuse", lambda: refused.append(1))
    assert isthmus("run-cgi", "apps:environ").code == 3 and refused == [1]

"""The same program by CGI gives the same body."""

import os
import pathlib
import subprocess
import sys

import on_cgi


def test_run_with_cgi_answers_on_standard_output():
    program = pathlib.Path(on_cgi.__file__)
    request = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "/cgi-bin/hello",
        "PATH_INFO": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    done = subprocess.run(
        [sys.executable, str(program)],
        env={**os.environ, **request},
        capture_output=True,
        timeout=60,
    )
    head, _, body = done.stdout.replace(b"\r\n", b"\n").partition(b"\n\n")
    assert head.split(b"\n")[0] == b"Status: 200 OK"
    assert b"Content-Type: text/plain" in head.split(b"\n")
    assert (body, done.stderr) == (b"Hello, world!", b"")

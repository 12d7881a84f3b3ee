"""`java -jar app.war run` where the engine is CPython."""

import json
import os
import signal
import subprocess
import sys

import pytest

import launched

MANAGE = """
import json, os, sys
print(json.dumps([sys.argv[1:], __name__, sys.version_info[0], sys.path]))
print(json.dumps(dict(os.environ)))
sys.stdout.write(sys.stdin.readline())
sys.stderr.write("an error\\n")
import inside
sys.exit(int(sys.argv[1]))
"""
WAIT = """
import signal, sys, time


def end(*_):
    print("ended in order")
    sys.exit(5)


signal.signal(signal.SIGTERM, end)
print("waiting", flush=True)
while True:
    time.sleep(0.05)
"""
FILES = {
    "WEB-INF/app/wsgi.py": "application = None\n",
    "WEB-INF/app/manage.py": MANAGE,
    "WEB-INF/app/wait.py": WAIT,
    "WEB-INF/lib-python/inside.py": "print('inside')\n",
}


@pytest.fixture(scope="module")
def work():
    return launched.clean()


PARAMS = {
    "isthmus.engine": "cpython",
    "isthmus.python.executable": sys.executable,
    "isthmus.python.path": "more",
    "isthmus.worker.env": "COLOUR: red",
}


@pytest.fixture(scope="module")
def archive(work):
    return launched.build("jakarta", FILES, params=PARAMS)


def _run(archive, work, *words, **more):
    return launched.run(archive, "--workdir", str(work), "run", *words, **more)


@pytest.mark.parametrize("status", [0, 3])
def test_command_has_the_path_environment_streams_and_status(
    archive, work, tmp_path, status
):
    data = tmp_path / "data"
    done = _run(
        archive,
        work,
        *("manage.py", str(status)),
        given=b"line\n",
        ISTHMUS_DATA_DIR=str(data),
        PYTHONPATH="/nowhere",
    )
    assert done.returncode == status, done.stderr
    output, variables, line, inside = done.stdout.decode().splitlines()
    arguments, name, major, path = json.loads(output)
    assert (arguments, name, major) == ([str(status)], "__main__", 3)
    assert [os.path.basename(entry) for entry in path[:2]] == ["app", "lib-python"]
    assert path[-1].endswith("WEB-INF/more"), path
    assert (line, inside) == ("line", "inside")
    assert done.stderr.decode().splitlines() == ["an error"]
    variables = json.loads(variables)
    assert variables["COLOUR"] == "red"
    assert variables["ISTHMUS_DATA_DIR"] == str(data)
    assert data.is_dir()
    assert "PYTHONPATH" not in variables
    # What is for one process alone is gone with it.
    assert list(work.glob("app-run-*/")) == []


@pytest.mark.parametrize("namespace", ["jakarta", "javax"])
def test_module_and_code_are_commands_too(work, namespace):
    archive = launched.build(namespace, FILES, "module.war", params=PARAMS)
    assert _run(archive, work, "-m", "inside").stdout == b"inside\n"
    done = _run(archive, work, "-c", "import sys; print(sys.argv); {}['lost']", "a b")
    assert (done.returncode, done.stdout) == (1, b"['-c', 'a b']\n")
    lines = done.stderr.decode().splitlines()
    assert (lines[0][:9], lines[-1]) == ("Traceback", "KeyError: 'lost'")
    assert "command.py" not in done.stderr.decode()


def test_no_signal_is_blocked_in_the_command(archive, work):
    code = "import signal; print(signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
    assert _run(archive, work, "-c", code).stdout == b"set()\n"


def test_signal_reaches_the_command(archive, work, tmp_path):
    words = ["--workdir", str(work), "run", "wait.py"]
    out = tmp_path / "waiting"
    with open(out, "wb") as file:
        process = subprocess.Popen(
            launched.command(archive, words), stdin=subprocess.DEVNULL, stdout=file
        )
    try:
        assert launched.until(lambda: "waiting" in out.read_text())
        process.send_signal(signal.SIGTERM)
        assert process.wait(launched.LIMIT) == 5
    finally:
        process.kill()
        process.wait()
    assert out.read_text().splitlines()[-1] == "ended in order"


def test_absent_python_is_refused_by_its_code(work):
    """As in a server, and without a stack of Java's."""
    named = "-Disthmus.python.executable=/nowhere/python3"
    params = {"isthmus.engine": "cpython"}
    other = launched.build("jakarta", FILES, "other.war", params=params)
    done = launched.run(
        other, "--workdir", str(work), "run", "-c", "pass", options=[named]
    )
    assert done.returncode == 1
    assert "/nowhere/python3" in done.stderr.decode()
    assert "IS0180" in done.stderr.decode()
    assert "\tat " not in done.stderr.decode()


def test_archive_is_extracted_into_a_new_directory(archive, tmp_path):
    target = tmp_path / "extracted"
    assert launched.run(archive, "extract", str(target)).returncode == 0
    assert (target / "WEB-INF" / "app" / "manage.py").read_text() == MANAGE
    assert (target / "META-INF" / "MANIFEST.MF").is_file()
    again = launched.run(archive, "extract", str(target))
    assert (again.returncode, b"IS0161" in again.stderr) == (2, True), again
    assert str(target).encode() in again.stderr

"""The wheel carries the tool, the Python of applications, and this build's jars."""

import base64
import csv
import hashlib
import json
import re
import subprocess
import sys

import pytest

import archives
import executable_war
import wheel_file

BUNDLED = "isthmus_cli/bundled/"
PYTHON = archives.ROOT / "src" / "main" / "python"


@pytest.fixture(scope="module")
def wheel():
    """{name: content} of the wheel."""
    return archives.files(archives.wheel())


def _information(wheel, name):
    (found,) = [n for n in wheel if n.endswith(".dist-info/" + name)]
    return wheel[found].decode()


def test_packages_are_there_as_they_are(wheel):
    # What runs on CPython in the container travels in the jars alone.
    sources = {
        name
        for name in archives.relative(PYTHON, "*.py")
        if name.split("/")[0] in wheel_file.PACKAGES
    }
    assert {n for n in wheel if n.endswith(".py")} == sources
    for name in sources:
        assert wheel[name] == (PYTHON / name).read_bytes()


def test_jars_are_those_of_the_build(wheel):
    for namespace in archives.NAMESPACES:
        jar = archives.jar(namespace)
        assert wheel[BUNDLED + jar.name] == jar.read_bytes()
    launcher = executable_war.launcher()
    assert wheel[BUNDLED + launcher.name] == launcher.read_bytes()


def test_lock_has_jython_as_the_wars_carry_it(wheel):
    lock = json.loads(wheel[BUNDLED + "artifacts.json"])["sets"]["jython"]
    jars = list((archives.TARGET / "jython").iterdir())
    expected = {hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars}
    assert {artifact["sha256"] for artifact in lock} == expected
    names = {a["name"] + "-" + a["version"] for a in lock}
    assert len(lock) == len(jars) and "guava-33.2.1-jre" in names


def test_no_host_is_named_in_the_lock(wheel):
    assert b"://" not in wheel[BUNDLED + "artifacts.json"]


def test_record_has_a_digest_of_each_other_file(wheel):
    rows = {n: (d, s) for n, d, s in csv.reader(_information(wheel, "RECORD").split())}
    (record,) = [name for name, row in rows.items() if row == ("", "")]
    assert record.endswith(".dist-info/RECORD") and set(rows) == set(wheel)
    for name in set(rows) - {record}:
        digest = base64.urlsafe_b64encode(hashlib.sha256(wheel[name]).digest())
        expected = "sha256=" + digest.decode().rstrip("=")
        assert rows[name] == (expected, str(len(wheel[name])))


def test_metadata_is_what_pip_reads(tmp_path):
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    install = ["install", "--no-index", "--no-deps", "--target", tmp_path]
    subprocess.run([*pip, "-q", *install, archives.wheel()], check=True)
    show = [*pip, "show", "--verbose", "isthmus"]
    environment = {"PYTHONPATH": str(tmp_path)}
    shown = subprocess.run(show, env=environment, capture_output=True, text=True)
    (line,) = re.findall(r"(?m)^Requires: (.*)$", shown.stdout)
    assert _needed() <= set(line.split(", "))
    assert "isthmus = isthmus_cli.main:main" in shown.stdout
    assert "jetty = isthmus_cli.paste_server:jetty" in shown.stdout
    (script,) = (tmp_path / "bin").iterdir()
    version = subprocess.run(
        [script, "--version"], env=environment, capture_output=True, text=True
    )
    assert (version.stdout, version.stderr) == ("isthmus %s\n" % _version(), "")


def _needed():
    """The names of what pyproject.toml requires on every Python."""
    text = (archives.ROOT / "pyproject.toml").read_text("utf-8")
    dependencies = wheel_file.tomllib.loads(text)["project"]["dependencies"]
    return {re.match(r"[\w-]+", d).group() for d in dependencies if ";" not in d}


def _version():
    return archives.wheel().name.split("-")[1]


def test_sources_that_are_not_built_are_a_coded_error(tmp_path):
    backend = (
        "import isthmus_backend, pathlib\nisthmus_backend.TARGET = pathlib.Path(%r)"
    )
    program = backend % str(tmp_path) + "\nisthmus_backend.build_wheel(%r)"
    done = subprocess.run(
        [sys.executable, "-c", program % str(tmp_path)],
        env={"PYTHONPATH": str(archives.ROOT / "src" / "wheel")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("IS0200: ") and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []

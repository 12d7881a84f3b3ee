"""What `isthmus lock` says of Python 3 libraries that pip cannot find or install."""

import socket

import pytest

import loopback
import packages
from isthmus_cli import locking
from isthmus_cli.cpython import unfound
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError

SIMPLE = "/simple/%s/"


@pytest.fixture
def index(tmp_path, monkeypatch):
    directory = tmp_path / "project"
    directory.mkdir()
    monkeypatch.chdir(directory)
    return packages.Index(tmp_path / "index", monkeypatch)


@pytest.fixture
def lock(index, isthmus, monkeypatch):
    """Lock requirements, with an index at a URL, or the directory alone."""

    def run(requirements, url=None, words=()):
        if url:
            monkeypatch.delenv("PIP_NO_INDEX")
            monkeypatch.setenv("PIP_INDEX_URL", url + "/simple")
        with open("requirements.txt", "w", encoding="utf-8") as file:
            file.write(requirements)
        ended = isthmus("lock", "--engine=cpython", *words)
        assert ended.code == 3, ended
        return ended.err

    return run


def test_all_names_that_no_index_has_are_reported_at_once(lock):
    with loopback.Site({}) as site:
        message = lock("yaml\nreqeusts>=2\n", site.url)
    assert "IS0243" in message and "'yaml' or 'reqeusts'" in message, message
    assert "'PyYAML'" in message and "'requests'" in message and site.url in message, (
        message
    )


def test_name_that_a_library_requires_is_reported_with_that(lock, index):
    index.wheel("one", "1.0", requires=["absent"])
    message = lock("one\n")
    assert "IS0243" in message and "'absent' (needed by one)" in message, message


@pytest.mark.parametrize("retries", ["0", "1"])
def test_index_that_cannot_be_reached_is_no_missing_wheel(lock, monkeypatch, retries):
    monkeypatch.setenv("PIP_RETRIES", retries)
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        message = lock("one\n", "http://127.0.0.1:%d" % unheard.getsockname()[1])
    assert "IS0414" in message and "/simple/one/" in message and "refused" in message, (
        message
    )


def test_index_that_refuses_an_answer_is_reported(lock):
    with loopback.Site({SIMPLE % "one": (403, "no")}) as site:
        message = lock("one\n", site.url)
    assert "IS0414" in message and "HTTP 403" in message, message


def test_library_without_any_wheel_is_reported(lock, index):
    index.sdist("one", "1.0")
    message = lock("one\n")
    assert "IS0413" in message and "'one'" in message and ": none" not in message, (
        message
    )
    assert (
        "requirements" in message and "pip wheel --no-deps one -w wheels" in message
    ), message


@pytest.mark.parametrize("older", [False, True])
def test_library_without_a_wheel_is_reported_with_what_needs_it(lock, index, older):
    index.wheel("one", "1.0", requires=["docopt>=0.6.2"])
    index.sdist("docopt", "0.6.2")
    if older:
        index.wheel("docopt", "0.5")
    message = lock("one\n")
    assert "IS0413" in message and "'docopt>=0.6.2' (needed by one)" in message, message
    assert "pip wheel --no-deps 'docopt>=0.6.2' -w wheels" in message, message


def test_newest_release_with_a_wheel_is_no_pre_release_if_another_has_one(lock, index):
    for version in ("1.0", "2.0", "3.0b1"):
        index.wheel("one", version)
    index.wheel("one", "0.9", "cp36-cp36m-win32")
    message = lock("one==0.9\n")
    assert "IS0413" in message and "one==2.0" in message and "3.0b1" not in message, (
        message
    )
    index.wheel("two", "2.0rc1")
    message = lock("two==0.9\n")
    assert "IS0413" in message and "two==2.0rc1" in message, message


@pytest.mark.parametrize("tag, is_named", [("cp312", True), ("cp311", False)])
def test_cpython_for_which_there_is_a_wheel_is_named(lock, index, tag, is_named):
    index.wheel("one", "2.0")
    tag = "%s-%s-manylinux_2_17_x86_64" % (tag, tag)
    index.wheel("one", "1.26.4", tag)
    message = lock("one<2,>=1.26\n", words=["--platform=linux-x86_64"])
    assert "IS0413" in message and "'one<2,>=1.26'" in message, message
    assert ("--python 3.12.1" in message) == is_named, message
    # Of the release that is required, not of the newest.
    assert "pip wheel --no-deps 'one<2,>=1.26' -w wheels" in message, message


def test_hash_failure_names_the_packages(lock, index):
    one = index.wheel("one", "1.0", requires=["two"])
    index.wheel("two", "1.0")
    message = lock("one==1.0 --hash=sha256:%s\n" % packages.sha256(one))
    assert "IS0414" in message and "two" in message.partition("These do not:")[2], (
        message
    )
    message = lock("one==1.0 --hash=sha256:%s\n" % ("0" * 64))
    assert (
        "IS0414" in message
        and "one==1.0" in message
        and packages.sha256(one) in message
    )


def test_library_is_named_if_the_tool_has_no_pip_to_ask_the_index_with(monkeypatch):
    def absent(*_):
        raise ToolError(Rule.PIP_ABSENT, "/usr/bin")

    monkeypatch.setattr(locking, "downloading", absent)
    message = "ERROR: Could not find a version that satisfies the requirement %s"
    message = message % "reqeusts>=2 (from versions: none)\n"
    error = unfound.error(message, "CPython 3.13 on linux-x86_64", None, None)
    assert error.rule is Python3Rule.PIP_REFUSED and "'reqeusts>=2'" in str(error), (
        error
    )

"""The temporary directory of a killed `isthmus serve` goes at the next start."""

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from isthmus_cli import leftovers
from tool_process import until

PREFIX = "isthmus-serve-"
HOLDING = """
import subprocess, sys
from isthmus_cli import leftovers
with leftovers.temporary("isthmus-serve-") as (directory, kept):
    (directory / "webapp").mkdir()
    words = [sys.executable, "-c", "input()"]
    child = subprocess.Popen(words, pass_fds=kept) if sys.argv[1:] else None
    print(directory, flush=True)
    input()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def _holding(*words):
    """A process with a temporary directory, and the directory."""
    words = [sys.executable, "-c", HOLDING, *words]
    process = subprocess.Popen(
        words,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process, Path(process.stdout.readline().strip())


def _remaining(place):
    with leftovers.temporary(PREFIX) as (directory, _):
        return {path.name for path in place.glob(PREFIX + "*")} - {directory.name}


def test_directory_of_a_killed_process_is_removed(place):
    process, directory = _holding()
    assert directory.parent == place
    assert _remaining(place) == {directory.name}
    process.kill()
    process.communicate()
    assert directory.is_dir()
    assert _remaining(place) == set()


def test_directory_that_a_child_uses_remains(place):
    process, directory = _holding("child")
    process.kill()
    process.wait()
    assert _remaining(place) == {directory.name}
    # The child reads from the same pipe, and is the last to have the other one open.
    process.communicate()
    until(lambda: _remaining(place) == set(), lambda: directory)


def test_directory_without_the_lock_may_be_anyones(place):
    (place / (PREFIX + "other")).mkdir()
    (place / (PREFIX + "file")).touch()
    assert _remaining(place) == {PREFIX + "other", PREFIX + "file"}


def test_file_system_without_locks_has_one_that_no_start_removes(place, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(leftovers.fcntl, "flock", refuse)
    with leftovers.temporary(PREFIX) as (directory, kept):
        assert kept == ()
        assert _remaining(place) == {directory.name}
    assert list(place.iterdir()) == []


def test_directory_is_removed_at_the_end(place):
    with leftovers.temporary(PREFIX) as (directory, _):
        assert directory.is_dir()
    assert list(place.iterdir()) == []

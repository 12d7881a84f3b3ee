"""What a machine may deny: room, permission, Java, a network.

Each is an error with a code, and leaves what was there as it was, and nothing else. The
tool is a process of its own here, so that the system's own limits hold for it.
"""

import resource
import subprocess

import pytest

import tool_process
from containers import jdks
from containers.server import obey_permissions
from isthmus_cli import artifacts, exit_codes
from packages import Index

HELLO = "def application(environ, start_response):\n    return []\n"
LIMIT = 120
MIB = 1 << 20


def at_most(octets):
    """No file may be larger: the system refuses the rest, as of a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (octets, octets))


class Machine:
    """A project, a directory for temporary files, and what is denied.

    :ivar deny: what the process calls before it becomes the tool; or None.
    """

    def __init__(self, directory, monkeypatch):
        self.project = directory / "été 日本"
        self.temporary = directory / "temporary"
        self.index = Index(directory / "index", monkeypatch)
        for made in (self.project, self.temporary):
            made.mkdir()
        (self.project / "hello.py").write_text(HELLO)
        self.deny = None

    def isthmus(self, *words, **variables):
        """Run the tool; nothing of it may be left among the temporary files.

        Jython imports the application only if that is asked for: it takes two seconds.
        """
        if words[0] == "war" and "--check" not in words:
            words += ("--no-check",)
        # Bytecode of the tool itself is nothing that is missed.
        variables = {"PYTHONDONTWRITEBYTECODE": "1", **variables}
        done = subprocess.run(
            tool_process.command(*words),
            cwd=self.project,
            env=tool_process.environment(self.temporary, **variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            preexec_fn=self.deny,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert list(self.temporary.iterdir()) == []
        return done

    def made(self, *words):
        done = self.isthmus(*words)
        assert done.returncode == exit_codes.DONE, done.stderr

    def refused(self, code, *words, **variables):
        """What the tool says; everything in the project must be as it was."""
        before = self._files()
        done = self.isthmus(*words, **variables)
        assert (done.returncode, done.stdout) == (exit_codes.BROKEN_RULE, ""), done
        lines = done.stderr.splitlines()
        assert lines[-1].startswith(code + ": "), done.stderr
        assert self._files() == before
        return lines[-1]

    def _files(self):
        found = sorted(self.project.rglob("*"))
        return [(path, path.read_bytes() if path.is_file() else b"") for path in found]


@pytest.fixture
def machine(tmp_path, monkeypatch):
    return Machine(tmp_path, monkeypatch)


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A cache with nothing in it, and its path."""
    cache = tmp_path / "cache"
    monkeypatch.setenv(artifacts.CACHE, str(cache))
    return cache


def test_full_disk_leaves_the_web_application_that_was_there(machine):
    machine.made("war", "-o", "a.war")
    (machine.project / "hello.py").write_text(HELLO * 2)
    machine.deny = at_most(MIB)
    message = machine.refused("IS0206", "war", "-o", "a.war")
    assert "'a.war'" in message and "File too large" in message
    machine.refused("IS0206", "war", "--exploded", "-o", "a")


def test_full_disk_leaves_no_project_and_no_lock(machine, bare):
    machine.index.wheel("top", "1.0")
    (machine.project / "requirements.txt").write_text("top\n")
    machine.deny = at_most(64)
    assert "'shop'" in machine.refused("IS0206", "new", "shop")
    # First what is fetched has no room, then what is written.
    assert "File too large" in machine.refused("IS0203", "lock")
    assert [path for path in bare.rglob("*") if path.is_file()] == []
    (machine.project / "requirements.txt").write_text("")
    assert "'isthmus.lock'" in machine.refused("IS0206", "lock")


def test_full_disk_of_the_cache_is_reported_and_the_rest_fetched_later(machine, bare):
    machine.deny = at_most(MIB)
    assert "'%s'" % bare in machine.refused("IS0203", "war", "-o", "a.war")
    # What is there is whole; what was cut short is not there.
    assert all(file.suffix == ".jar" for file in bare.rglob("*.*") if file.is_file())
    machine.deny = None
    machine.made("war", "--jython=none", "-o", "a.war")


def test_full_disk_of_temporary_files_is_reported(machine):
    machine.deny = at_most(64)
    message = machine.refused("IS0260", "serve", "--port=0")
    assert "File too large" in message and str(machine.temporary) in message


@pytest.mark.parametrize(
    "words",
    [
        ("war", "-o", "closed/a.war", "--jython=none"),
        ("war", "--exploded", "-o", "closed/a", "--jython=none"),
        ("lock", "-o", "closed/isthmus.lock"),
        ("new", "closed/shop"),
    ],
)
def test_directory_that_may_not_be_written(machine, words):
    machine.index.wheel("top", "1.0")
    (machine.project / "requirements.txt").write_text("top\n")
    closed = machine.project / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    machine.deny = obey_permissions
    assert "'closed/" in machine.refused("IS0206", *words)


def test_cache_that_may_not_be_written(machine, bare):
    bare.mkdir()
    bare.chmod(0o555)
    machine.deny = obey_permissions
    message = machine.refused("IS0203", "war", "-o", "a.war")
    assert "'%s'" % bare in message and "Permission denied" in message


@pytest.mark.parametrize(
    "words, version", [(("war", "-o", "a.war"), "1.8.0_402"), (("serve",), "11.0.2")]
)
def test_java_that_is_too_old(machine, tmp_path, words, version):
    java = tmp_path / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\necho 'openjdk version \"%s\"' >&2\n" % version)
    java.chmod(0o755)
    # Nothing that the cache has bytecode of.
    (machine.project / "hello.py").write_text(HELLO + "# %s\n" % tmp_path)
    message = machine.refused("IS0205", *words, JAVA_HOME=str(tmp_path / "jdk"))
    assert str(tmp_path / "jdk") in message


@pytest.mark.parametrize("command", ["war", "serve"])
def test_no_network_and_nothing_in_the_cache(machine, bare, tmp_path, command):
    nowhere = "-Dmaven.repo.local=%s" % (tmp_path / "no repository")
    java = str(jdks.discover()[0].home)
    variables = {"MAVEN_ARGS": nowhere, "MAVEN_OPTS": "", "JAVA_HOME": java}
    message = machine.refused("IS0201", command, **variables, PATH="/nowhere")
    assert str(bare) in message and "`mvn`" in message and "PATH" in message


def test_no_network_and_requirements_without_a_lock(machine, bare, monkeypatch):
    (machine.project / "requirements.txt").write_text("top\n")
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    # Where nobody listens.
    index = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple"}
    message = machine.refused("IS0248", "war", "-r", "requirements.txt", **index)
    assert "127.0.0.1:9/simple/top/" in message


def test_pth_files_in_a_circle(machine):
    files = {"x.pth": "inner\n.\n", "inner/x.pth": "..\n", "inner/found.py": "x = 1\n"}
    for name, text in files.items():
        (machine.project / "lib" / name).parent.mkdir(parents=True, exist_ok=True)
        (machine.project / "lib" / name).write_text(text)
    (machine.project / "hello.py").write_text("import found\n" + HELLO)
    # The module that only they lead to is not called absent.
    done = machine.isthmus("war", "--check", "--lib", "lib", "-o", "a.war")
    assert (done.returncode, done.stdout) == (0, "a.war\n")
    first_words = [line.partition(" ")[0] for line in done.stderr.splitlines()]
    assert first_words == ["Python", "Size:"], done.stderr
    (machine.project / "lib" / "y.pth").symlink_to("z.pth")
    (machine.project / "lib" / "z.pth").symlink_to("y.pth")
    message = machine.refused("IS0212", "war", "--lib", "lib", "-o", "a.war")
    assert "y.pth'" in message


def test_names_beyond_ascii_in_a_locale_without_them(machine):
    (machine.project / "hello.py").rename(machine.project / "日-本.py")
    words = ["war", "日-本.py", "-o", "é.war", "--jython=none", "--check"]
    done = machine.isthmus(*words, LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert (machine.project / "é.war").is_file()

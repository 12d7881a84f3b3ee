"""What a lock names lies in WEB-INF/lib-python, whole and checked, or nothing does."""

import csv

import pytest

from isthmus_cli import installing, lockfile, locking, requirements
from isthmus_cli.rules import Rule, ToolError
from packages import Index, sha256


class Place:
    """An index, a cache, and the directory that is installed into."""

    def __init__(self, directory, monkeypatch):
        self.index = Index(directory / "index", monkeypatch)
        self.cache = directory / "cache"
        self.lib = directory / "WEB-INF é" / "lib-python"

    def lock(self, *names):
        return locking.lock(requirements.of_names(names), self.cache)

    def install(self, *names):
        """Install; return the files' octets by their paths."""
        return self.install_lock(self.lock(*names))

    def install_lock(self, lock):
        installing.install(lock, self.lib, self.cache)
        return {
            path.relative_to(self.lib).as_posix(): path.read_bytes()
            for path in self.lib.rglob("*")
            if path.is_file()
        }

    def refused(self, rule, lock):
        with pytest.raises(ToolError) as refused:
            installing.install(lock, self.lib, self.cache)
        assert refused.value.rule is rule, refused.value
        assert not self.lib.exists()
        assert not self.lib.parent.exists() or not list(self.lib.parent.iterdir())
        return str(refused.value)


@pytest.fixture
def place(tmp_path, monkeypatch):
    return Place(tmp_path, monkeypatch)


def test_wheel_without_scripts_headers_bytecode_and_extensions(place):
    files = {
        "a.py": b"import sys\n",
        "pkg/__init__.py": b"",
        "pkg/_c.cpython-27mu.so": b"\x7fELF",
        "pkg/__pycache__/x.cpython-39.pyc": b"\0",
        "pkg/data.txt": "é".encode(),
        "a_nspkg.pth": b"import sys; x = 1\n",
        "a-1.0.data/purelib/pure.py": b"p = 1\n",
        "a-1.0.data/platlib/plat.py": b"p = 2\n",
        "a-1.0.data/data/share/a/b.txt": b"b",
        "a-1.0.data/scripts/run": b"#!python\n",
        "a-1.0.data/headers/a.h": b"",
        "a-1.0.dist-info/entry_points.txt": b"[paste.app_factory]\nmain = a:x\n",
    }
    place.index.wheel("a", files=files)
    found = place.install("a")
    info = "a-1.0.dist-info/"
    assert {name for name in found if not name.startswith(info)} == {
        "a.py",
        "pkg/__init__.py",
        "pkg/data.txt",
        "a_nspkg.pth",
        "pure.py",
        "plat.py",
        "share/a/b.txt",
    }
    assert found[info + "entry_points.txt"].startswith(b"[paste.app_factory]")
    assert found[info + "INSTALLER"] == b"isthmus\n"
    rows = list(csv.reader(found[info + "RECORD"].decode().splitlines()))
    assert {row[0] for row in rows} == set(found)
    assert all(int(size) == len(found[name]) for name, _, size in rows if size)


def test_sdist_becomes_what_its_wheel_would_be(place):
    egg = {
        "requires.txt": b"b\n",
        "top_level.txt": b"paste\n_c\n",
        "entry_points.txt": b"[x]\ny = paste.up\n",
        "namespace_packages.txt": b"paste\n",
    }
    files = {
        "lib/paste/__init__.py": b"import pkg_resources\n",
        "lib/paste/up.py": b"print 'Python 2'\n",
        "lib/paste/_c.c": b"int x;\n",
        "lib/other/__init__.py": b"",
        "tests/__init__.py": b"",
        "setup.py": b"raise SystemExit('was run')\n",
    }
    place.index.sdist("Up", "1.0", files=files, egg=egg, base="lib/")
    place.index.wheel("b")
    place.index.wheel("setuptools", "44.1.1")  # for pkg_resources
    found = place.install("up")
    info = "up-1.0.dist-info/"
    assert {n for n in found if n.startswith(("paste", "up", "other", "tests"))} == {
        "paste/__init__.py",
        "paste/up.py",
        *(info + name for name in ("METADATA", "RECORD", "INSTALLER", "top_level.txt")),
        info + "entry_points.txt",
        info + "namespace_packages.txt",
    }
    assert b"Version: 1.0\nRequires-Dist: b\n" in found[info + "METADATA"]


def test_sdist_of_distutils_gives_its_packages_and_not_its_tests(place):
    files = {
        "web/__init__.py": b"",
        "single.py": b"",
        "tests/__init__.py": b"",
        "docs/conf.py": b"",
        "setup.py": b"",
    }
    place.index.sdist("web-py", files=files)
    found = place.install("web-py")
    assert {n for n in found if ".dist-info" not in n} == {
        "web/__init__.py",
        "single.py",
    }


def test_second_time_needs_no_index(place):
    place.index.wheel("a")
    lock = place.lock("a")
    first = place.install_lock(lock)
    for path in place.index.directory.iterdir():
        path.unlink()
    for path in place.lib.rglob("*"):
        if path.is_file():
            path.unlink()
    place.lib = place.lib.with_name("other")
    assert place.install_lock(lock) == first


def test_damaged_file_of_the_cache_is_fetched_again(place):
    wheel = place.index.wheel("a")
    lock = place.lock("a")
    (kept,) = place.cache.rglob("*.whl")
    kept.write_bytes(b"damaged")
    assert "a.py" in place.install_lock(lock)
    assert kept.read_bytes() == wheel.read_bytes()


def test_another_file_under_the_locked_name_is_refused(place):
    place.index.wheel("a")
    lock = place.lock("a")
    for path in place.cache.rglob("*.whl"):
        path.unlink()
    changed = place.index.wheel("a", files={"a.py": b"evil = 1\n"})
    message = place.refused(Rule.HASH_DIFFERS, lock)
    assert lock.packages[0].sha256 in message and sha256(changed) in message


def test_file_that_is_nowhere_is_refused(place):
    wheel = place.index.wheel("a")
    lock = place.lock("a")
    wheel.unlink()
    for path in place.cache.rglob("*.whl"):
        path.unlink()
    assert wheel.name in place.refused(Rule.LOCKED_FILE_ABSENT, lock)


@pytest.mark.parametrize(
    "files, record, says",
    [
        ({"a.py": b""}, {"a.py": "sha256=AAAA"}, "a.py"),
        ({"a.py": b"", "b.py": b""}, {"b.py": None}, "b.py"),
        ({"../a.py": b""}, {}, "../a.py"),
        ({"/a.py": b""}, {}, "/a.py"),
        ({"C:/a.py": b""}, {}, "C:/a.py"),
        ({"a-1.0.data/purelib/../../../a.py": b""}, {}, "../a.py"),
        ({"a.py": b"", "b-1.dist-info/RECORD": b""}, {}, "2 .dist-info"),
    ],
)
def test_wheel_that_is_not_what_it_says_is_refused(place, files, record, says):
    wheel = place.index.wheel("a", files=files, record=record)
    locked = lockfile.Locked("a", "1.0", wheel.name, "wheel", sha256(wheel))
    assert says in place.refused(
        Rule.ARCHIVE_DAMAGED, lockfile.Lock("0" * 64, (locked,))
    )


def test_directory_that_is_not_empty_is_left_alone(place):
    place.index.wheel("a")
    lock = place.lock("a")
    place.lib.mkdir(parents=True)
    (place.lib / "mine.py").write_text("x")
    with pytest.raises(ToolError) as refused:
        installing.install(lock, place.lib, place.cache)
    assert refused.value.rule is Rule.OUTPUT_UNWRITABLE
    assert [path.name for path in place.lib.iterdir()] == ["mine.py"]


def test_cache_that_cannot_be_written_is_said(place):
    place.index.wheel("a")
    place.cache.write_text("a file")
    with pytest.raises(ToolError) as refused:
        place.lock("a")
    assert refused.value.rule is Rule.CACHE_UNWRITABLE

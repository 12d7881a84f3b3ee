"""`isthmus lock` finds what runs on Jython, and writes it down."""

import re

import pytest

from isthmus_cli import lockfile, requirements
from lock_project import Project
from packages import Index, sha256

FALLS_BACK = {
    "soft/__init__.py": b'"""\nimport _c\n"""\ntry:\n    from ._c import go\n'
    b"except ImportError:\n    from .pure import go\n",
    "soft/pure.py": b"go = 1\n",
    "soft/_c.so": b"\x7fELF",
}


@pytest.fixture
def project(tmp_path, isthmus, monkeypatch):
    directory = tmp_path / "projét 日"
    directory.mkdir()
    return Project(directory, isthmus, Index(directory / "index", monkeypatch))


def test_newest_release_for_python_27_is_taken_with_what_it_needs(project):
    wheel = project.index.wheel
    wheel("top", "1.0", requires=["part (>=1)"])
    wheel("top", "2.0", python=">=3.6")
    wheel("top", "2.1", tag="py3-none-any")
    wheel("top", "1.5rc1")
    part = wheel("part", "1.2", python=">=2.7.9, !=3.0.*")
    assert project.locked("Top\n") == {"top": "1.0", "part": "1.2"}
    text = project.path.read_text("utf-8")
    assert "part==1.2 \\\n    --hash=sha256:%s\n" % sha256(part) in text
    assert "# file part-1.2-py2.py3-none-any.whl (wheel)\n    # needed by top" in text


def test_what_the_requirements_came_to_is_reported(project):
    project.index.wheel("top", "1.0", requires=["part"])
    project.index.wheel("part", "1.2")
    output = project.lock("Top\n").out
    assert output == "%s: 2 packages for top 1.0\n" % project.path
    output = project.lock("part\n").out
    assert output == "%s: 1 package for part 1.2\n" % project.path


@pytest.mark.parametrize("place", ["absent/x.lock", "index/a.txt/x.lock"])
def test_place_that_cannot_be_written_is_reported(project, place):
    project.index.wheel("a")
    project.index.directory.joinpath("a.txt").write_text("a file")
    ended = project.lock("a\n", "-o", project.directory / place)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("IS0206: ") and place in ended.err


def test_same_question_has_the_same_answer_to_the_octet(project):
    for name in ("a", "b", "c"):
        project.index.wheel(name, requires=["d"])
    project.index.wheel("d")
    project.locked("c\na\nb\n")
    first = project.path.read_bytes()
    project.path.unlink()
    project.locked("# other order\nb\n\nA\nc  # and words\n")
    assert project.path.read_bytes() == first
    assert b"# needed by a, b, c\n" in first


def test_markers_are_those_of_jython_not_of_the_python_that_runs(project):
    for name in "abcdefgh":
        project.index.wheel(name)
    markers = [
        "a; python_version < '3'",
        "b; python_version >= '3'",
        "c; platform_python_implementation == 'Jython'",
        "d; platform_python_implementation == 'CPython'",
        "e; sys_platform == 'java'",
        "f; sys_platform == 'linux' or os_name == 'posix' or os_name == 'nt'",
        "g; extra == 'more'",
        "h; extra == 'other'",
    ]
    project.index.wheel("top", requires=markers, extras=["more", "other"])
    assert set(project.locked("top[more]\n")) == {"top", "a", "c", "e", "g"}
    direct = "\n".join(markers[:6])
    assert set(project.locked(direct)) == {"a", "c", "e"}


def test_lock_keeps_what_it_has_until_upgrade(project):
    project.index.wheel("a", "1.0")
    project.locked("a\n")
    project.index.wheel("a", "1.1")
    project.index.wheel("b", "1.0")
    assert project.locked("a\nb\n") == {"a": "1.0", "b": "1.0"}
    ended = project.lock(None, "--upgrade")
    assert ended.code == 0 and lockfile.read(project.path).pins()["a"] == "1.1"
    assert project.locked("a<1.1\nb\n")["a"] == "1.0"


def test_check_tells_drift_and_writes_nothing(project):
    project.index.wheel("a", "1.0")
    project.locked("a\n")
    assert project.lock("a  # a comment changes nothing\n", "--check").code == 0
    for text, message in [
        ("a\nb\n", " b"),
        ("a>1\n", "a>1"),
        ("a>0\n", "changed"),
    ]:
        ended = project.lock(text, "--check")
        assert ended.code == 1
        assert ended.err.startswith("IS0255: ") and message in ended.err


def test_nested_files_constraints_and_options_are_pips(project, monkeypatch):
    more = project.directory / "more"
    more.mkdir()
    (more / "base.txt").write_bytes(b"\xef\xbb\xbfa \\\n  >=1\n-c bounds.txt\n")
    (more / "bounds.txt").write_text("b<2\nunused==7\nc==1; python_version > '3'\n")
    for version in ("1.0", "2.0"):
        project.index.wheel("b", version)
        project.index.wheel("c", version)
    (project.directory / "index" / "elsewhere").mkdir()
    wheel = project.index.wheel("a", "1.0", requires=["b", "c"])
    wheel.rename(more / wheel.name)
    monkeypatch.setenv("PLACE", "more")
    text = "-r more/base.txt\n--find-links ${PLACE}\n--prefer-binary\n"
    assert project.locked(text) == {"a": "1.0", "b": "1.0", "c": "2.0"}


def test_prereleases_are_taken_if_asked_for_or_alone(project):
    project.index.wheel("a", "1.0")
    project.index.wheel("a", "2.0b1")
    project.index.wheel("b", "0.1a1")
    assert project.locked("a\nb\n") == {"a": "1.0", "b": "0.1a1"}
    project.path.unlink()
    assert project.locked("--pre\na\n") == {"a": "2.0b1"}
    assert project.locked("a>=2.0b1\n") == {"a": "2.0b1"}


def test_older_release_is_taken_where_the_newest_does_not_fit(project):
    project.index.wheel("a", "2.0", requires=["c>=2"])
    project.index.wheel("a", "1.0", requires=["c"])
    project.index.wheel("b", requires=["c<2"])
    project.index.wheel("c", "1.0")
    project.index.wheel("c", "2.0")
    assert project.locked("a\nb\n") == {"a": "1.0", "b": "1.0", "c": "1.0"}


def test_wheel_of_cpython_does_without_its_extension_where_that_is_optional(project):
    project.index.wheel("soft", tag="cp27-cp27mu-manylinux1_x86_64", files=FALLS_BACK)
    assert project.locked("soft\n") == {"soft": "1.0"}
    (line,) = [t for t in project.path.read_text("utf-8").splitlines() if "# file" in t]
    assert re.search(r"\(wheel .*\bC\b", line), line


def test_sdist_is_read_and_not_run(project):
    egg = {
        "requires.txt": b"a\n\n[:python_version<'3']\nb\n\n[x]\nc\n",
        "top_level.txt": b"up\n",
    }
    files = {"src/up/__init__.py": b"", "setup.py": b"raise SystemExit('was run')\n"}
    project.index.sdist("up", files=files, egg=egg, base="src/", extras=["x"])
    for name in "abc":
        project.index.wheel(name)
    assert set(project.locked("up\n")) == {"up", "a", "b"}
    assert set(project.locked("up[x]\n")) == {"up", "a", "b", "c"}
    assert "# file up-1.0.tar.gz (sdist)" in project.path.read_text("utf-8")


def test_sdist_that_does_not_say_what_it_requires_is_remarked(project):
    setup = b"setup(install_requires=['x'])\n"
    project.index.sdist("up", files={"up.py": b"", "setup.py": setup})
    ended = project.lock("up\n")
    assert ended.code == 0 and "up" in ended.err and "require" in ended.err
    assert "# note: " in project.path.read_text("utf-8")


@pytest.mark.parametrize(
    "source, wanted",
    [
        (b"import pkg_resources\n", {"setuptools": "44.1.1"}),
        (b"from pkg_resources import x\n", {"setuptools": "44.1.1"}),
        (
            b"__import__('pkg_resources').declare_namespace(__name__)\n",
            {"setuptools": "44.1.1"},
        ),
        (b"try:\n    import pkg_resources\nexcept ImportError: pass\n", {}),
        (
            b"try:\n    from inspect import signature\n"
            b"except ImportError:\n    from funcsigs import signature\n",
            {"funcsigs": "1.0"},
        ),
    ],
)
def test_what_is_imported_without_being_asked_for_is_locked(project, source, wanted):
    project.index.wheel("setuptools", "44.1.1")
    project.index.wheel("setuptools", "80.0", python=">=3.9")
    project.index.wheel("funcsigs")
    files = {"up/__init__.py": b"", "up/core.py": source, "up/tests.py": b""}
    files["up/test_x.py"] = b"import pkg_resources\nimport funcsigs\n"
    project.index.wheel("up", files=files)
    assert project.locked("up\n") == {"up": "1.0", **wanted}


def test_hash_of_the_requirements_chooses_the_file(project):
    project.index.wheel("a", "2.0")
    first = project.index.wheel("a", "1.0")
    assert project.locked("a --hash=sha256:%s\n" % sha256(first)) == {"a": "1.0"}


def test_digest_is_of_what_is_asked_not_of_how_it_is_written():
    digests = {
        requirements.of_names(names).digest()
        for names in (["A_b[x,Y]>=1,<2"], ["a-b[y,X]<2,>=1"], ["a.b[x, y] <2, >=1"])
    }
    assert len(digests) == 1
    assert requirements.of_names(["a"]).digest() not in digests

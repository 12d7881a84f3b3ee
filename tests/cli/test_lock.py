"""`isthmus lock` finds what runs on Jython, writes it down, and says why it cannot."""

import re

import pytest

from isthmus_cli import importable, lockfile, requirements
from packages import Index, sha256

ONLY_3 = "Programming Language :: Python :: 3 :: Only"
ONLY_C = {"fast/__init__.py": b"from ._c import go\n", "fast/_c.so": b"\x7fELF"}
FALLS_BACK = {
    "soft/__init__.py": b'"""\nimport _c\n"""\ntry:\n    from ._c import go\n'
    b"except ImportError:\n    from .pure import go\n",
    "soft/pure.py": b"go = 1\n",
    "soft/_c.so": b"\x7fELF",
}


class Project:
    """A directory with requirements, and an index that has what they ask for."""

    def __init__(self, directory, isthmus, index):
        self.directory = directory
        self.file = directory / "requirements.txt"
        self.path = directory / "isthmus.lock"
        self.index = index
        self._isthmus = isthmus

    def lock(self, text=None, *options):
        """Write the requirements, if given, and run the tool on them."""
        if text is not None:
            self.file.write_text(text, encoding="utf-8")
        return self._isthmus("lock", self.file, *options)

    def locked(self, text=None, *options):
        """The versions by name, of a run that must succeed."""
        ended = self.lock(text, *options)
        assert ended.code == 0, ended.err
        return lockfile.read(self.path).pins()

    def refused(self, text, code):
        """What the tool says in a run that must fail with a code, and write nothing."""
        before = self.path.read_bytes() if self.path.exists() else None
        ended = self.lock(text)
        assert (ended.code, ended.out) == (3, ""), ended
        assert ended.err.startswith(code + ": "), ended.err
        assert before == (self.path.read_bytes() if self.path.exists() else None)
        names = {path.name for path in self.directory.iterdir()}
        assert names <= {"requirements.txt", "isthmus.lock", "index", "more"}
        return ended.err


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


def test_what_the_requirements_came_to_is_told(project):
    project.index.wheel("top", "1.0", requires=["part"])
    project.index.wheel("part", "1.2")
    told = project.lock("Top\n").out
    assert told == "%s: 2 packages for top 1.0\n" % project.path
    told = project.lock("part\n").out
    assert told == "%s: 1 package for part 1.2\n" % project.path


@pytest.mark.parametrize("place", ["absent/x.lock", "index/a.txt/x.lock"])
def test_place_that_cannot_be_written_is_told(project, place):
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
    for text, said in [
        ("a\nb\n", " b"),
        ("a>1\n", "a>1"),
        ("a>0\n", "changed"),
    ]:
        ended = project.lock(text, "--check")
        assert ended.code == 1
        assert ended.err.startswith("IS0255: ") and said in ended.err


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


def test_message_has_the_newest_version_that_works(project):
    project.index.wheel("a", "1.1.4")
    project.index.wheel("a", "2.0", python=">=3.6")
    said = project.refused("a>=2\n", "IS0245")
    assert "a>=2" in said
    assert re.search(r"2\.0: .*Python >=3\.6", said)
    assert re.search(r"newest .*1\.1\.4", said)


def test_message_says_that_only_python_3_has_it(project):
    project.index.wheel("top", requires=["new"])
    project.index.wheel("new", "2.0", tag="py3-none-any")
    project.index.wheel("new", "1.0", headers=["Classifier: " + ONLY_3])
    said = project.refused("top\n", "IS0245")
    assert "top 1.0" in said and re.search(r"2\.0: .*Python 3", said)
    assert "newest" not in said


@pytest.mark.parametrize(
    "source, says",
    [
        (b"def f(a: int): pass\n", r"new/core\.py .*annotation .*line 1"),
        (b"\nx = f'{1}'\n", r"new/core\.py .*f-string .*line 2"),
        (b"def f(*, a): pass\n", "keyword-only arguments"),
        (b"raise X from y\n", r"raise \.\.\. from"),
        (b"a, *b = c\n", "unpacking"),
        (b"class A(metaclass=B): pass\n", "metaclass"),
        (b"import urllib.parse\n", r"new/core\.py .*urllib\.parse"),
        (b"\xef\xbb\xbfimport urllib.parse\n", r"new/core\.py .*urllib\.parse"),
    ],
)
def test_sources_for_python_3_are_recognized_unless_they_can_be_gone_without(
    source, says
):
    files = {"new/__init__.py": b"from .core import (\n    x)\n", "new/core.py": source}
    assert re.search(says, importable.objection(files, ()))
    guarded = b"try:\n    from .core import x\nexcept Exception:\n    x = 1\n"
    assert importable.objection({**files, "new/__init__.py": guarded}, ()) is None
    other = {**files, "old.py": b"print 'Python 2'\n"}
    assert importable.objection(other, ()) is None


def test_release_whose_sources_are_for_python_3_is_passed_over(project):
    project.index.wheel("new", "2.0", files={"new.py": b"x = f''\n"})
    project.index.wheel("new", "1.0", files={"new.py": b"print 'x'\n"})
    assert project.locked("new\n") == {"new": "1.0"}


LISTS_3 = ["Classifier: Programming Language :: Python :: 3.%d" % n for n in (7, 8)]
ANY = "Classifier: Programming Language :: Python"


def test_release_that_jython_cannot_compile_is_passed_over_and_the_reason_told(project):
    for version, text in [("2.0", "'’'\n"), ("1.1", "\n'’'\n"), ("1.0", "x = 1\n")]:
        files = {"app/__init__.py": b"from . import core\n"}
        files["app/core.py"] = text.encode()
        project.index.wheel("app", version, files=files)
    project.index.wheel("top", requires=["app"])
    ended = project.lock("top\n")
    assert ended.code == 0 and lockfile.read(project.path).pins()["app"] == "1.0"
    assert "app 1.0 is taken, not 2.0: Jython cannot compile app/core.py" in ended.err
    assert "line 1 has text beyond ASCII" in ended.err
    said = project.refused("app>1\n", "IS0245")
    assert "2.0: Jython cannot compile app/core.py" in said
    assert "the newest that works is 1.0" in said


def test_library_most_of_whose_modules_cannot_be_imported_is_passed_over(project):
    for version, imports in [("2.0", "urllib.parse"), ("1.0", "urllib")]:
        # As a namespace package is: its own __init__ says nothing.
        files = {"ns/__init__.py": b"", "ns/who/__init__.py": b"", "ns/who/a.py": b""}
        files["ns/who/base.py"] = b"import %s\n" % imports.encode()
        for name in "bcde":
            files["ns/who/%s.py" % name] = b"from ns.who.base import x\n"
        project.index.wheel("ns", version, files=files)
    assert project.locked("ns\n") == {"ns": "1.0"}


def test_classifiers_that_list_only_python_3_count(project):
    project.index.wheel("a", "2.0", headers=LISTS_3)
    project.index.wheel("a", "1.0")
    project.index.wheel("b", headers=[ANY, *LISTS_3])
    project.index.wheel("c", headers=LISTS_3, python=">=2.7")
    assert project.locked("a\nb\nc\n") == {"a": "1.0", "b": "1.0", "c": "1.0"}
    assert "as its classifiers say" in project.refused("a>1\n", "IS0245")


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


def test_what_jython_lacks_of_the_standard_library_is_said(project):
    project.index.wheel("up", "2.0", files={"up.py": b"import symtable\n"})
    project.index.wheel("up", "1.0", files={"up.py": b"from _warnings import warn\n"})
    ended = project.lock("up\n")
    assert "up.py imports symtable, which CPython has and Jython lacks" in ended.err
    assert "import isthmus.compat.warnings" in ended.err
    assert "# note: the module _warnings" in project.path.read_text("utf-8")


def test_release_without_a_way_to_a_database_is_remarked(project):
    project.index.wheel("SQLAlchemy", "1.3.24")
    assert "SQLAlchemy" not in project.lock("sqlalchemy\n").err
    project.index.wheel("SQLAlchemy", "1.4.54")
    assert "SQLAlchemy<1.4 has" in project.lock(None, "--upgrade").err


def test_without_java_it_is_said_that_nothing_was_compiled(project, monkeypatch):
    project.index.wheel("up", files={"up.py": b"a = 'never compiled before'\n"})
    monkeypatch.setenv("JAVA_HOME", str(project.directory))
    ended = project.lock("up\n")
    assert ended.code == 0 and ended.err.startswith("IS0320: ")
    assert "IS0204" in ended.err


def test_message_says_which_extension_is_needed_and_by_what(project):
    project.index.wheel("fast", tag="cp27-cp27mu-manylinux1_x86_64", files=ONLY_C)
    said = project.refused("fast\n", "IS0245")
    assert "fast._c" in said and "fast/__init__.py" in said


def test_message_says_what_to_use_instead_of_a_known_extension(project):
    project.index.wheel("lxml", tag="cp311-cp311-manylinux1_x86_64")
    assert "xml.etree.ElementTree" in project.refused("lxml\n", "IS0245")


@pytest.mark.parametrize(
    "text, code, says",
    [
        ("absent\n", "IS0243", "'absent'"),
        ("a==9\n", "IS0244", "1.0"),
        ("a\nb\n", "IS0246", "b 1.0"),
        ("a b\n", "IS0241", "line 1 of"),
        ("-r requirements.txt\n", "IS0241", "requirements.txt"),
        ("-r gone.txt\n", "IS0240", "gone.txt"),
        ("--no-such-option\n", "IS0241", "--no-such-option"),
        ("-e .\n", "IS0242", "'-e .'"),
        ("./dir/a-1.0-py2-none-any.whl\n", "IS0242", "find-links"),
        ("git+https://host/a.git\n", "IS0242", "git+https"),
        ("a @ https://host/a.zip\n", "IS0242", "a @ https"),
        ("a --hash=md5:%032d\n" % 0, "IS0241", "sha256"),
        ("a --hash=sha256:%064d\n" % 0, "IS0245", "--hash"),
        ("damaged\n", "IS0252", "damaged-1.0"),
        ("outside\n", "IS0252", "../outside.py"),
    ],
)
def test_what_cannot_be_locked_is_said(project, text, code, says):
    project.index.wheel("a", requires=["c>=2"])
    project.index.wheel("b", requires=["c<2"])
    project.index.wheel("c", "1.0")
    project.index.wheel("c", "2.0")
    damaged = project.index.directory / "damaged-1.0-py2-none-any.whl"
    damaged.write_bytes(b"not a zip")
    project.index.wheel("outside", files={"../outside.py": b""})
    assert says in project.refused(text, code)


def test_requirements_that_are_not_utf8(project):
    project.file.write_bytes("# é\na\n".encode("latin-1"))
    assert "UTF-8" in project.lock().err


def test_index_out_of_reach_is_said_without_its_password(project, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "")
    # Port 1 of the loopback answers nobody.
    monkeypatch.setenv("PIP_INDEX_URL", "http://me:secret@127.0.0.1:1/simple")
    said = project.refused("a\n", "IS0248")
    assert "http://127.0.0.1:1/simple/a/" in said and "secret" not in said
    assert "refused" in said


def test_hash_of_the_requirements_chooses_the_file(project):
    project.index.wheel("a", "2.0")
    first = project.index.wheel("a", "1.0")
    assert project.locked("a --hash=sha256:%s\n" % sha256(first)) == {"a": "1.0"}


def test_lock_that_somebody_edited_is_refused(project):
    project.index.wheel("a")
    project.locked("a\n")
    text = project.path.read_text("utf-8")
    for changed in (
        text.replace("# format 1", "# format 9"),
        text.replace("--hash", "--has"),
        text.replace("# file ", "# fil "),
    ):
        project.path.write_text(changed, "utf-8")
        assert project.refused(None, "IS0254")


def test_digest_is_of_what_is_asked_not_of_how_it_is_written():
    digests = {
        requirements.of_names(names).digest()
        for names in (["A_b[x,Y]>=1,<2"], ["a-b[y,X]<2,>=1"], ["a.b[x, y] <2, >=1"])
    }
    assert len(digests) == 1
    assert requirements.of_names(["a"]).digest() not in digests

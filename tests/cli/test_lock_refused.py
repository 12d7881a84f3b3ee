"""`isthmus lock` says why a release, or the whole question, cannot be locked."""

import re

import pytest

from isthmus_cli import importable, lockfile
from lock_project import ONLY_3, ONLY_C, Project
from packages import Index


@pytest.fixture
def project(tmp_path, isthmus, monkeypatch):
    directory = tmp_path / "projét 日"
    directory.mkdir()
    return Project(directory, isthmus, Index(directory / "index", monkeypatch))


def test_message_has_the_newest_version_that_works(project):
    project.index.wheel("a", "1.1.4")
    project.index.wheel("a", "2.0", python=">=3.6")
    message = project.refused("a>=2\n", "IS0245")
    assert "a>=2" in message
    assert re.search(r"2\.0: .*Python >=3\.6", message)
    assert re.search(r"newest .*1\.1\.4", message)


def test_message_says_that_only_python_3_has_it(project):
    project.index.wheel("top", requires=["new"])
    project.index.wheel("new", "2.0", tag="py3-none-any")
    project.index.wheel("new", "1.0", headers=["Classifier: " + ONLY_3])
    message = project.refused("top\n", "IS0245")
    assert "top 1.0" in message and re.search(r"2\.0: .*Python 3", message)
    assert "newest" not in message


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
    message = project.refused("app>1\n", "IS0245")
    assert "2.0: Jython cannot compile app/core.py" in message
    assert "the newest that works is 1.0" in message


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
    ended = project.lock(None, "--upgrade")
    assert "SQLAlchemy<1.4" in ended.err and "postgresql+isthmus" in ended.err


def test_without_java_it_is_said_that_nothing_was_compiled(project, monkeypatch):
    project.index.wheel("up", files={"up.py": b"a = 'never compiled before'\n"})
    monkeypatch.setenv("JAVA_HOME", str(project.directory))
    ended = project.lock("up\n")
    assert ended.code == 0 and ended.err.startswith("IS0320: ")
    assert "IS0204" in ended.err


def test_message_says_which_extension_is_needed_and_by_what(project):
    project.index.wheel("fast", tag="cp27-cp27mu-manylinux1_x86_64", files=ONLY_C)
    message = project.refused("fast\n", "IS0245")
    assert "fast._c" in message and "fast/__init__.py" in message
    assert "--engine cpython" in message, message


def test_message_says_what_to_use_instead_of_a_known_extension(project):
    project.index.wheel("lxml", tag="cp311-cp311-manylinux1_x86_64")
    message = project.refused("lxml\n", "IS0245", "--engine=jython")
    assert "xml.etree.ElementTree" in message


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
    message = project.refused("a\n", "IS0248")
    assert "http://127.0.0.1:1/simple/a/" in message and "secret" not in message
    assert "refused" in message


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

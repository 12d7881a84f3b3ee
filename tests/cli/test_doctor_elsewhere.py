"""`isthmus doctor` on a URL, a machine and a project."""

import json

import pytest

from isthmus_cli import lockfile, maven, project_requirements
from loopback import Site

READY = {"/shop/": (200, "hello"), "/shop/isthmus/health": (200, "alive\n")}
WRONG = "java.lang.ClassNotFoundException: javax.servlet.http.HttpServlet"


@pytest.mark.parametrize(
    "answers, codes, seen",
    [
        ({**READY, "/shop/isthmus/ready": (200, "ready\n")}, [], "(200) and ready"),
        ({**READY, "/shop/isthmus/ready": (503, "not ready\n")}, ["IS0299"], "Isthmus"),
        ({"/shop/": (200, "x")}, [], "no sign"),
        ({"/shop/": (500, WRONG)}, ["IS0277"], "no sign"),
        ({"/shop/": (503, "x")}, ["IS0297"], "no sign"),
        ({}, ["IS0297"], "no sign"),
        ({"/shop/": (302, "/shop/")}, ["IS0297"], ""),
    ],
)
def test_url(isthmus, answers, codes, seen):
    with Site(answers) as site:
        ended = isthmus("doctor", site.url + "/shop/", "--json")
    report = json.loads(ended.out)
    assert [finding["code"] for finding in report["findings"]] == codes, report
    assert seen in "".join(report["seen"])
    assert ended.code == bool(codes)


def test_url_that_nobody_answers(doctor):
    with Site({}) as site:
        pass
    assert list(doctor(site.url)) == ["IS0297"]


def test_machine_and_project(isthmus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = isthmus("doctor", "--json")
    assert ended.code == 0 and not json.loads(ended.out)["findings"]
    (tmp_path / "requirements.txt").write_text("# none\n")
    assert isthmus("doctor").out.endswith("0 errors, 0 warnings\n")
    (tmp_path / "requirements.txt").write_text("a\n")
    ended = isthmus("doctor", "--json")
    (finding,) = json.loads(ended.out)["findings"]
    assert (ended.code, finding["code"], finding["severity"]) == (
        0,
        "IS0253",
        "warning",
    )
    assert "`isthmus lock`" in finding["remedy"]
    (tmp_path / "isthmus.lock").write_text("nonsense")
    ended = isthmus("doctor", "--json")
    (finding,) = json.loads(ended.out)["findings"]
    assert (ended.code, finding["code"]) == (1, "IS0254")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    output = isthmus("doctor").out
    assert "error IS0204: " in output and "JDK 17" in output
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    output = isthmus("doctor").out
    assert "%s (" % java in output and "17)" in output


PYTHON_3 = """import enum, dataclasses
from urllib.parse import quote
x = f"{1}"
def f(a: int): return f"{a}"
"""


def test_project_of_python_3_is_reported_before_there_is_a_web_application(
    isthmus, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    settings = '[project]\nname = "shop"\nrequires-python = ">=3.11"\n'
    (tmp_path / "pyproject.toml").write_text(settings)
    (tmp_path / "src" / "shop").mkdir(parents=True)
    (tmp_path / "src" / "shop" / "__init__.py").write_text(PYTHON_3)
    (tmp_path / "src" / "shop" / "old.py").write_text("print 'of Python 2'\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_shop.py").write_text(PYTHON_3)
    ended = isthmus("doctor", "--engine=jython", "--json")
    assert ended.code == 1
    found = json.loads(ended.out)["findings"]
    reported = sorted((f["code"], f["message"]) for f in found)
    codes = [code for code, _ in reported]
    assert codes == ["IS0210", "IS0285", "IS0288", "IS0288", "IS0288", "IS0304"], (
        reported
    )
    assert "Line 3 of shop/__init__.py has an f-string" in reported[1][1]
    assert "an f-string in lines 3, 4; an annotation in line 4" in reported[1][1]
    assert ">=3.11" in reported[-1][1]
    # A library may bring what is named so.
    (tmp_path / "requirements.txt").write_text("enum34\n")
    names = [
        f["message"]
        for f in json.loads(isthmus("doctor", "--engine=jython", "--json").out)[
            "findings"
        ]
    ]
    assert not any("'enum'" in name for name in names)


def test_import_of_a_project_for_jython_that_requires_nothing_is_reported(
    isthmus, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.isthmus]\nengine = "jython"\n')
    # Of Python 2.7, of Java, its own, what it does without; and what is missing.
    source = "import urllib2, java.util, helper, os.path, _codecs, isthmus.db\n"
    source += "try:\n    import ujson\nexcept ImportError:\n    ujson = None\n"
    (tmp_path / "helper.py").touch()
    (tmp_path / "app.py").write_text(source + "app = None\n")
    assert "IS0306" not in isthmus("doctor").out
    # A package's own, which Python 2 finds beside the file; Java of a country's domain.
    (tmp_path / "shop").mkdir()
    for name in ("__init__", "models"):
        (tmp_path / "shop" / (name + ".py")).touch()
    views = "import models\nfrom models import x\nfrom de.firma import Foo\n"
    (tmp_path / "shop" / "views.py").write_text(views)
    assert "IS0306" not in isthmus("doctor").out
    (tmp_path / "app.py").write_text(source + "import requests.auth\napp = None\n")
    output = isthmus("doctor").out
    assert "warning IS0306: app.py imports 'requests'" in output, output
    assert "requirements.txt" in output
    # Which library has which modules is not known.
    (tmp_path / "requirements.txt").write_text("requests\n")
    assert "IS0306" not in isthmus("doctor").out


def test_lock_of_a_project_is_beside_the_requirements_that_it_names(
    isthmus, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    table = '[tool.isthmus]\nengine = "jython"\nrequirements = "of/web.txt"\n'
    (tmp_path / "pyproject.toml").write_text(table)
    (tmp_path / "app.py").write_text("import enum, requests\napp = None\n")
    (tmp_path / "of").mkdir()
    file = tmp_path / "of" / "web.txt"
    file.touch()
    output = isthmus("doctor").out
    assert "IS0288" in output and "IS0306" in output, output
    assert "--engine cpython" in output.partition("IS0288")[2].partition("\n")[0], (
        output
    )
    # What requirements name; and what a lock has, which no requirement names.
    file.write_text("enum34\n")
    output = isthmus("doctor").out
    assert "IS0288" not in output and "IS0306" not in output, output
    for text, pins in {"": ("enum34",), "requests\n": ("enum34", "requests")}.items():
        file.write_text(text)
        wanted = project_requirements.read(file)
        rest = ("1", "a.whl", "wheel", "0" * 64, ("the requirements",))
        packages = [lockfile.Locked(name, *rest) for name in pins]
        lock = lockfile.Lock(wanted.digest(), tuple(packages))
        lockfile.write(file.with_name("isthmus.lock"), lock)
        output = isthmus("doctor").out
        assert "0 errors, 0 warnings" in output, output


def test_project_of_python_3_runs_on_cpython(isthmus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(PYTHON_3 + "app = f\n")
    ended = isthmus("doctor")
    assert ended.code == 0 and "0 errors, 0 warnings" in ended.out, ended.out
    assert "app.py has an f-string" in ended.out and "OpenSSL 3.3.2" in ended.out
    (tmp_path / "requirements.txt").write_text("flask>=3\n")
    output = isthmus("doctor").out
    assert "warning IS0253: " in output and "pylock.toml" in output
    lock = 'lock-version = "1.0"\ncreated-by = "x"\npackages = []\n'
    (tmp_path / "pylock.toml").write_text(lock)
    assert "requirements.txt: locked\n" in isthmus("doctor").out
    (tmp_path / "pylock.toml").write_text("[[packages]]\n")
    assert "error IS0415: " in isthmus("doctor").out


def test_project_of_python_3_needs_no_jython_but_its_cpython(
    isthmus, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(PYTHON_3 + "app = f\n")
    output = isthmus("doctor").out
    assert "CPython: 1 of 1 jars" in output and "Jython:" not in output, output
    # Nothing is kept here, and nothing can be fetched.
    monkeypatch.setenv("ISTHMUS_CACHE", str(tmp_path / "cache"))
    empty = tmp_path / "repository"
    monkeypatch.setattr(maven, "local_repository", lambda: empty)
    monkeypatch.setenv("PATH", "/nowhere")
    output = isthmus("doctor").out
    assert "IS0201" in output and "org.bytedeco:cpython" in output, output


def test_project_of_both_pythons_has_no_findings(isthmus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert isthmus("new", ".", "--engine=jython").code == 0
    ended = isthmus("doctor")
    assert ended.code == 0 and "0 errors, 0 warnings" in ended.out, ended.out
    assert "sources: 1 file" in ended.out


def test_directory_without_a_project_has_no_sources(isthmus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.py").write_text(PYTHON_3)
    assert "sources" not in isthmus("doctor").out

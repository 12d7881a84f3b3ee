"""`isthmus doctor` on a project for Python 3: what `isthmus war` would refuse."""

import json
import re
import sys
import venv

import pytest

PYPROJECT = """
[project]
name = "shop"
version = "1"
requires-python = ">=3.9"
"""
APP = '[tool.isthmus]\napp = "%s"\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "app.py").write_text("import os, json.decoder\napp = print\n")
    return tmp_path


def _installed(project, name, module, needs=()):
    """Put a library of one module into the project's virtual environment."""
    if not (project / ".venv").exists():
        venv.create(project / ".venv", symlinks=True)
        # As that of the WAR.
        mark = project / ".venv" / "pyvenv.cfg"
        mark.write_text(
            re.sub("(?m)^version = .*", "version = 3.13.0", mark.read_text())
        )
    (place,) = (project / ".venv").glob("lib/python3*/site-packages")
    (place / (module + ".py")).touch()
    info = place / (name + "-1.0.dist-info")
    info.mkdir()
    lines = ["Metadata-Version: 2.1", "Name: " + name, "Version: 1.0"]
    lines += ["Requires-Dist: " + need for need in needs]
    (info / "METADATA").write_text("\n".join(lines) + "\n")
    (info / "RECORD").write_text("%s.py,,\n%s/METADATA,,\n" % (module, info.name))


def test_project_that_is_right_has_no_findings(project, doctor):
    (project / "helper.py").write_text("import app\nfrom . import other\n")
    assert doctor() == {}


def test_syntax_error_is_reported_with_its_line(project, isthmus):
    (project / "app.py").write_text("app = print\ndef broken(:\n    pass\n")
    ended = isthmus("doctor", "--engine=cpython", "--json")
    (finding,) = json.loads(ended.out)["findings"]
    assert finding["code"] == "IS0305", finding
    assert "app.py" in finding["message"] and "line 2" in finding["message"]
    # What an older parser than the WAR's refuses may be right.
    is_sure = sys.version_info >= (3, 13)
    assert finding["severity"] == ("error" if is_sure else "warning")


def test_source_that_decides_for_jython_is_named_with_what_is_wrong(project, isthmus):
    (project / "pyproject.toml").unlink()
    (project / "app.py").write_text("app = print\ndef broken(:\n    pass\n")
    reported = isthmus("doctor").out
    assert "app.py is not Python 3 (line 2: " in reported and "app:app" in reported, (
        reported
    )


def test_application_that_can_never_start_is_reported_without_a_pyproject(
    project, doctor
):
    (project / "pyproject.toml").unlink()
    (project / "app.py").write_text("app = print\napp.run()\n")
    assert list(doctor()) == ["IS0228"]


@pytest.mark.parametrize(
    "app, requirements, message",
    [
        ("apps:app", "", "'apps'"),
        # One of a library, if it were not almost one of the project's.
        ("apps:app", "flask\n", "'apps'"),
        ("absent.wsgi:app", "", "'absent.wsgi'"),
        ("app:ap", "", "'ap'"),
    ],
)
def test_application_that_war_would_not_find_is_reported(
    project, isthmus, doctor, app, requirements, message
):
    (project / "pyproject.toml").write_text(PYPROJECT + APP % app)
    if requirements:
        (project / "requirements.txt").write_text(requirements)
    reported = doctor()
    assert "IS0211" in reported and message in reported["IS0211"], reported
    if not requirements:
        refused = isthmus("war")
        assert refused.code == 3 and "IS0211" in refused.err, refused


def test_application_of_a_library_is_no_finding(project, doctor):
    (project / "requirements.txt").write_text("Radicale\napps\n")
    (project / "pyproject.toml").write_text(PYPROJECT + APP % "radicale:application")
    assert "IS0211" not in doctor()
    # Although it is almost one of the project's.
    _installed(project, "apps", "apps")
    (project / "pyproject.toml").write_text(PYPROJECT + APP % "apps:app")
    assert "IS0211" not in doctor()


def test_package_that_is_the_application_is_no_finding(project, doctor):
    (project / "shop").mkdir()
    (project / "shop" / "__init__.py").write_text("from shop.web import app\n")
    (project / "shop" / "web.py").write_text("app = print\n")
    (project / "pyproject.toml").write_text(PYPROJECT + APP % "shop:app")
    assert doctor() == {}


def test_import_without_any_requirement_is_reported(project, doctor):
    source = "import requests\ntry:\n    import ujson\nexcept ImportError:\n    pass\n"
    (project / "app.py").write_text(source + "app = print\n")
    reported = doctor()
    assert list(reported) == ["IS0306"] and "'requests'" in reported["IS0306"], reported


@pytest.mark.parametrize("setting", ['lib = "lib"', 'python = "none"'])
def test_libraries_that_are_elsewhere_are_not_looked_for(project, doctor, setting):
    (project / "lib").mkdir()
    (project / "app.py").write_text("import requests\napp = print\n")
    with open("pyproject.toml", "a", encoding="utf-8") as file:
        file.write("[tool.isthmus]\n%s\n" % setting)
    assert doctor() == {}


def test_import_that_no_requirement_leads_to_is_reported(project, doctor):
    (project / "requirements.txt").write_text("PyYAML\nflask\n")
    _installed(project, "PyYAML", "yaml")
    _installed(project, "Flask", "flask", ["werkzeug>=3"])
    _installed(project, "Werkzeug", "werkzeug")
    source = "import yaml, flask, werkzeug, unknown\napp = print\n"
    (project / "app.py").write_text(source)
    # A lock is missing, and nothing else.
    assert list(doctor()) == ["IS0253"]
    _installed(project, "requests", "requests")
    (project / "app.py").write_text("import requests.adapters\n" + source)
    reported = doctor()
    assert sorted(reported) == ["IS0253", "IS0306"], reported
    assert "'requests'" in reported["IS0306"] and "app.py" in reported["IS0306"]


@pytest.mark.parametrize("engine", ["cpython", "jython"])
def test_import_is_reported_with_the_file_that_can_require_it(project, isthmus, engine):
    text = PYPROJECT + "dependencies = []\n"
    (project / "pyproject.toml").write_text(text)
    (project / "app.py").write_text("import requests\napp = print\n")
    reported = isthmus("doctor", "--engine", engine).out
    assert "IS0306" in reported and "its library to pyproject.toml" in reported, (
        reported
    )
    assert "requirements.txt" not in reported.partition("IS0306")[2], reported


@pytest.mark.parametrize("name", ["uv.lock", "poetry.lock"])
def test_lock_of_another_program_counts_and_runs_nothing(
    project, isthmus, monkeypatch, name
):
    text = PYPROJECT + 'dependencies = ["one"]\n'
    (project / "pyproject.toml").write_text(text)
    (project / name).touch()
    program = project / "bin" / name.partition(".")[0]
    program.parent.mkdir()
    program.write_text('#!/bin/sh\ntouch "%s/ran"\n' % project)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    ended = isthmus("doctor")
    assert "pyproject.toml: locked by " + name in ended.out, ended
    assert "IS0253" not in ended.out
    # It might run the project's build.
    assert not (project / "ran").exists()


def test_lock_that_the_project_names_is_read(project, isthmus, doctor):
    # Python 2.7 would understand the source, so that only the name tells.
    text = '[tool.isthmus]\nrequirements = "pylock.prod.toml"\n'
    (project / "pyproject.toml").write_text(text)
    assert list(doctor()) == ["IS0240"]
    lock = project / "pylock.prod.toml"
    lock.write_text("packages = 1\n")
    assert list(doctor()) == ["IS0415"]
    lock.write_text('lock-version = "1.0"\ncreated-by = "uv"\npackages = []\n')
    # What another lock's requirements are now does not count.
    (project / "requirements.txt").write_text("one\n")
    assert doctor() == {}
    assert "pylock.prod.toml: a lock" in isthmus("doctor").out


def test_requirements_that_the_project_names_have_their_lock(project, doctor):
    with open("pyproject.toml", "a", encoding="utf-8") as file:
        file.write('[tool.isthmus]\nrequirements = "deps/prod.txt"\n')
    (project / "deps").mkdir()
    (project / "deps" / "prod.txt").write_text("one\n")
    reported = doctor()
    assert list(reported) == ["IS0253"] and "deps" in reported["IS0253"], reported


@pytest.mark.parametrize(
    "text",
    [
        PYPROJECT + 'dynamic = ["dependencies"]\n',
        PYPROJECT + '[tool.poetry.dependencies]\nrequests = "*"\n',
    ],
)
def test_libraries_that_only_a_build_knows_are_not_missed(project, doctor, text):
    (project / "pyproject.toml").write_text(text)
    (project / "app.py").write_text("import requests\napp = print\n")
    assert "IS0306" not in doctor()


def test_module_that_a_newer_python_lacks_is_no_library(project, doctor, monkeypatch):
    newer = frozenset(("os", "json"))
    monkeypatch.setattr(sys, "stdlib_module_names", newer, raising=False)
    (project / "app.py").write_text("import os, cgi\napp = print\n")
    assert doctor() == {}

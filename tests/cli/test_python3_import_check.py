"""What CPython says when the tool has it import an application from its WAR."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import isthmus as isthmus_package
import python3_project
from isthmus_cli.cpython import releases
from isthmus_cli.doctor import imports3

project = python3_project.project


def test_application_that_cannot_be_imported_is_reported(project, isthmus):
    (project / "app.py").write_text("import nowhere\n" + python3_project.SOURCE)
    result = isthmus("war", "-o", "x.war", "--check")
    assert result.code == 1 and "IS0321" in result.err and "nowhere" in result.err, (
        result
    )


def test_bytecode_that_others_are_writing_is_left_alone(
    project, isthmus, tmp_path, monkeypatch
):
    own, copy = Path(isthmus_package.__file__).parent, tmp_path / "isthmus"
    shutil.copytree(own, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "__pycache__").mkdir()
    # As what has gone between listing and copying.
    (copy / "__pycache__" / "loading.pyc").symlink_to("gone")
    package = SimpleNamespace(__file__=str(copy / "__init__.py"))
    monkeypatch.setattr(imports3, "isthmus", package)
    (project / "app.py").write_text("import nowhere\n" + python3_project.SOURCE)
    result = isthmus("war", "-o", "x.war", "--check")
    assert result.code == 1 and "IS0321" in result.err, result


@pytest.mark.parametrize(
    "library, code, parts",
    [
        (None, "IS0321", ["PasteDeploy>=3", "config:site.ini"]),
        # Releases for Python 2.7 have the like of it.
        (
            "import pkgutil\npkgutil.ImpImporter\n",
            "IS0322",
            ["AttributeError", "line 2 of WEB-INF/lib-python/paste/deploy/loadwsgi.py"],
        ),
        # Nothing that isthmus.loading foresees: Paste Deploy is missing something.
        (
            "loader = None\n",
            "IS0322",
            ["AttributeError", "paste_sections.py"],
        ),
    ],
)
def test_failure_of_paste_deploy_is_not_one_of_python(
    project, isthmus, library, code, parts
):
    (project / "site.ini").write_text("[app:main]\npaste.app_factory = app:make\n")
    place = project / "lib" / "paste" / "deploy"
    place.mkdir(parents=True)
    if library:
        (place / "loadwsgi.py").write_text(library)
    words = ["--engine=cpython", "-o", "x.war", "--lib", "lib", "--check"]
    result = isthmus("war", "site.ini", *words)
    assert code in result.err and "IS0412" not in result.err, result
    assert [part for part in parts if part not in result.err] == [], result


def test_place_of_an_exception_is_in_the_application(project, isthmus):
    (project / "app.py").write_text(
        "import os\nos.environ['ABSENT']\n" + python3_project.SOURCE
    )
    result = isthmus("war", "-o", "x.war", "--check")
    assert "IS0322" in result.err and "(line 2 of WEB-INF/app/app.py)" in result.err, (
        result
    )


def test_application_that_ends_its_process_is_reported(project, isthmus):
    (project / "app.py").write_text("import os\nos._exit(3)\n" + python3_project.SOURCE)
    result = isthmus("war", "-o", "x.war", "--check")
    assert "IS0322" in result.err and "status 3" in result.err, result


def test_doctor_runs_nothing_of_what_it_examines(project, isthmus):
    source = "open('ran', 'w').close()\nraise KeyError\n" + python3_project.SOURCE
    (project / "app.py").write_text(source)
    assert isthmus("war", "-o", "x.war", "--no-check").code == 0
    result = isthmus("doctor", "x.war")
    assert result.code == 0 and "IS032" not in result.out, result
    assert not (project / "ran").exists()
    result = isthmus("doctor", "x.war", "--import")
    assert "IS0322" in result.out and "KeyError" in result.out, result
    assert isthmus("doctor", "--import").code == 2


def test_doctor_says_why_it_imports_nothing(project, isthmus):
    made = isthmus("war", "-o", "x.war", "--python=none", "--check")
    assert made.code == 0 and "IS0426" not in made.err, made
    result = isthmus("doctor", "x.war", "--import")
    assert result.code == 3 and "IS0426" in result.err, result
    assert "x.war" in result.err and releases.here() in result.err, result
    parameter = "--context-param=isthmus.python.path=/srv/lib"
    assert isthmus("war", "-o", "x.war", parameter).code == 0
    result = isthmus("doctor", "x.war", "--import")
    assert result.code == 3 and "IS0426" in result.err, result
    assert "isthmus.python.path" in result.err, result


def test_doctor_shows_what_the_import_finds_in_its_place(project, isthmus):
    source = "MEDIA_ROOT = 'media'\nimport nowhere\n" + python3_project.SOURCE
    (project / "app.py").write_text(source)
    assert isthmus("war", "-o", "x.war").code == 0
    result = isthmus("doctor", "x.war", "--import", "--json")
    codes = [found["code"] for found in json.loads(result.out)["findings"]]
    assert codes == ["IS0287", "IS0321", "IS0303"], result

"""A virtual environment that cannot be used is passed over with a reason."""

import venv

import pytest

from isthmus_cli.cpython import environments

PYPROJECT = '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.9"\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "app.py").write_text("app = print\n")
    return tmp_path


def _passed(project):
    return [str(error) for error in environments.look(project, asks=True).passed]


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT"])
def test_variable_that_names_no_environment_is_told(project, monkeypatch, variable):
    monkeypatch.setenv(variable, str(project / "nonexist"))
    venv.create(project / ".venv", symlinks=True)
    found = environments.look(project)
    assert found.python == project / ".venv" / "bin" / "python3"
    (error,) = map(str, found.passed)
    parts = "IS0436", variable, str(project / "nonexist"), "no such directory"
    assert [part for part in parts if part not in error] == [], error


def test_environment_that_uv_has_yet_to_create_is_told_so(project, monkeypatch):
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", "nonexist")
    (error,) = _passed(project)
    assert "`uv sync`" in error, error


def test_environment_is_told_once(project, monkeypatch):
    (project / ".venv").mkdir()
    monkeypatch.setenv("VIRTUAL_ENV", str(project / ".venv"))
    (error,) = _passed(project)
    assert "VIRTUAL_ENV" in error, error


def test_file_of_another_tool_is_no_environment(project):
    # It has the environment's path or name, for Pipenv or virtualenvwrapper.
    (project / ".venv").write_text("shop\n")
    assert _passed(project) == []


@pytest.mark.parametrize("name", [".venv", "venv"])
def test_environment_without_its_python_is_told(project, name):
    venv.create(project / name, symlinks=True)
    assert _passed(project) == []
    for program in (project / name / "bin").glob("python*"):
        program.unlink()
        program.symlink_to("/nonexist/python")
    (error,) = _passed(project)
    assert "bin/python3" in error and str(project / name) in error, error
    (project / name / "pyvenv.cfg").unlink()
    (error,) = _passed(project)
    assert "pyvenv.cfg" in error, error


@pytest.mark.parametrize(
    "mark, program", [("poetry.lock", "poetry"), ("Pipfile", "pipenv")]
)
def test_program_that_cannot_be_asked_is_told(project, monkeypatch, mark, program):
    monkeypatch.setenv("PATH", "")
    (project / mark).touch()
    (error,) = _passed(project)
    assert mark in error and "`%s`" % program in error and "PATH" in error, error
    venv.create(project / ".venv", symlinks=True)
    assert _passed(project) == []


def test_project_without_an_environment_has_nothing_to_tell(project):
    assert environments.look(project, asks=True) == (None, [])


def test_doctor_warns_of_it(project, doctor):
    (project / ".venv").mkdir()
    told = doctor()
    assert "pyvenv.cfg" in told["IS0436"], told


def test_server_warns_of_it(project, isthmus, monkeypatch):
    monkeypatch.setenv("VIRTUAL_ENV", str(project / "nonexist"))
    venv.create(project / ".venv", symlinks=True)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(environments, "version", stop)
    told = isthmus("serve")
    assert "IS0436" in told.err and "VIRTUAL_ENV" in told.err, told

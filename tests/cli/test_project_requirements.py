"""`isthmus lock` and `isthmus war` take what pyproject.toml states as requirements."""

import pytest

from isthmus_cli import exit_codes, lockfile, project_requirements
from isthmus_cli.rules import Rule, ToolError
from packages import Index

HELLO = "import top\ndef application(environ, start_response):\n    return []\n"
STATED = """
[project]
name = "My.App"
requires-python = ">=2.7"
dependencies = ["top>=1; python_version < '3'"]
[project.optional-dependencies]
Web_Server = ["served"]
all = ["my-app[web-server]", "other"]
[dependency-groups]
jython = ["grouped", {include-group = "base"}]
base = ["based", {include-group = "jython"}]
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    index = Index(tmp_path / "index", monkeypatch)
    for name in ("top", "served", "other", "grouped", "based"):
        index.wheel(name, "1.0")
    directory = tmp_path / "project"
    directory.mkdir()
    monkeypatch.chdir(directory)
    (directory / "pyproject.toml").write_text(STATED)
    (directory / "hello.py").write_text(HELLO)
    return directory


def _locked(project):
    return sorted(lockfile.read(project / "isthmus.lock").pins())


@pytest.mark.parametrize(
    "words, names",
    [
        ([], ["top"]),
        (["--extra=web-server"], ["served", "top"]),
        (["--extra=all"], ["other", "served", "top"]),
        (["--group=jython"], ["based", "grouped", "top"]),
    ],
)
def test_what_is_stated_is_locked(project, isthmus, words, names):
    ended = isthmus("lock", *words)
    assert ended.code == 0, ended
    assert _locked(project) == names
    assert isthmus("lock", "--check", *words).code == 0
    if words:
        assert isthmus("lock", "--check").code == exit_codes.FINDINGS


def test_project_without_dependencies_has_nothing_to_lock(project, isthmus):
    text = '[project]\nname = "shop"\nversion = "1"\n'
    (project / "pyproject.toml").write_text(text)
    ended = isthmus("lock")
    assert ended.code == 0 and "nothing to lock" in ended.err, ended
    assert not (project / "isthmus.lock").exists()


@pytest.mark.parametrize(
    "text, words, code",
    [
        ('[project]\nname = "x"\n', ["--extra=web"], "IS0224"),
        ('[project]\nname = "x"\n', ["--group=web"], "IS0224"),
        ('[project]\nname = "x"\ndynamic = ["dependencies"]\n', [], "IS0225"),
        ('[tool.poetry.dependencies]\nflask = {path = "."}\n', [], "IS0229"),
    ],
)
def test_project_whose_libraries_are_not_known_is_refused(
    project, isthmus, text, words, code
):
    (project / "pyproject.toml").write_text(text)
    ended = isthmus("lock", *words)
    assert ended.code == exit_codes.BROKEN_RULE and code in ended.err, ended


@pytest.mark.parametrize("engine", ["jython", "cpython"])
def test_web_application_without_its_libraries_is_none(project, isthmus, engine):
    text = '[project]\nname = "x"\ndynamic = ["dependencies"]\n'
    (project / "pyproject.toml").write_text(text)
    refused = isthmus("war", "--engine", engine)
    assert refused.code == exit_codes.BROKEN_RULE and "IS0225" in refused.err, refused


def test_lock_of_libraries_that_are_no_longer_required_does_not_match(project, isthmus):
    assert isthmus("lock").code == 0
    text = '[project]\nname = "shop"\nversion = "1"\ndependencies = []\n'
    (project / "pyproject.toml").write_text(text)
    ended = isthmus("lock", "--check")
    assert ended.code == exit_codes.FINDINGS and "IS0255" in ended.err, ended
    assert isthmus("lock").code == 0
    assert _locked(project) == []


def test_requirements_in_a_directory_below_are_the_projects(project, isthmus):
    text = '[project]\nname = "shop"\nrequires-python = ">=3.14"\n'
    (project / "pyproject.toml").write_text(text)
    (project / "requirements").mkdir()
    (project / "requirements" / "prod.txt").write_text("top\n")
    ended = isthmus("lock", "requirements/prod.txt")
    assert ended.code == exit_codes.BROKEN_RULE and "IS0227" in ended.err, ended


def test_requirements_txt_goes_first(project, isthmus):
    (project / "requirements.txt").write_text("other\n")
    assert isthmus("lock").code == 0
    assert _locked(project) == ["other"]
    assert isthmus("lock", "pyproject.toml").code == 0
    assert _locked(project) == ["top"]


def test_war_takes_the_same_by_options_or_by_the_project(project, isthmus):
    hint = isthmus("war", "--jython=none")
    assert "`isthmus lock pyproject.toml`" in hint.err
    more = '[tool.isthmus]\nrequirements = "pyproject.toml"\ngroup = ["jython"]\n'
    # Another --output than that of a lock.
    more += 'output = "x.war"\n'
    (project / "pyproject.toml").write_text(STATED + more)
    assert isthmus("lock").code == 0
    assert _locked(project) == ["based", "grouped", "top"]
    ended = isthmus("war", "--jython=none")
    assert (ended.code, ended.out, ended.err) == (0, "x.war\n", "")
    assert "pyproject.toml: locked\n" in isthmus("doctor").out
    ended = isthmus("war", "--group=base", "--extra=all", "--jython=none")
    assert ended.code == exit_codes.BROKEN_RULE and "IS0255" in ended.err


@pytest.mark.parametrize(
    "text, words, rule, message",
    [
        (STATED, {"extras": ["wbe-server"]}, Rule.EXTRA_UNKNOWN, "'web-server'"),
        (STATED, {"groups": ["all"]}, Rule.EXTRA_UNKNOWN, "dependency group 'all'"),
        ("[tool.x]\n", {}, Rule.REQUIREMENTS_UNREADABLE, "[project] dependencies"),
        ("[project]\ndynamic = ['dependencies']\n", {}, Rule.DEPENDENCIES_DYNAMIC, ""),
        ("[project]\ndependencies = 1\n", {}, Rule.REQUIREMENTS_MALFORMED, "list"),
        ("[project]\ndependencies = [1]\n", {}, Rule.REQUIREMENTS_MALFORMED, "1"),
        ("[project]\ndependencies = ['=']", {}, Rule.REQUIREMENTS_MALFORMED, "'='"),
        (
            "[project]\ndependencies = ['a @ https://x/a.whl']\n",
            {},
            Rule.REQUIREMENT_NOT_NAMED,
            "dependencies of",
        ),
        (None, {}, Rule.REQUIREMENTS_UNREADABLE, "no such file"),
    ],
)
def test_what_is_wrong_is_reported(tmp_path, text, words, rule, message):
    path = tmp_path / "pyproject.toml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ToolError) as refused:
        project_requirements.read(path, **words)
    assert refused.value.rule is rule
    assert message in str(refused.value) and str(path) in str(refused.value)


def test_names_of_pyproject_are_none_of_requirements_txt(project, isthmus):
    (project / "requirements.txt").write_text("top\n")
    ended = isthmus("lock", "requirements.txt", "--extra=all")
    assert ended.code == exit_codes.USAGE and "--extra" in ended.err
    ended = isthmus("war", "--group=jython")
    assert ended.code == exit_codes.USAGE and "--group" in ended.err

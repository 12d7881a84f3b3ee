"""tests/functional/example_project.py: how often it prepares, and what fails."""

import pytest

import example_project
from example_project import PreparedExampleProject
from wars import READY, Parts

NAME = "bottle"
PARTS = Parts("jakarta", None, None, None, "javac")


@pytest.fixture(autouse=True)
def built(monkeypatch, tmp_path):
    monkeypatch.setattr(example_project, "BUILT", tmp_path)


def test_project_is_prepared_once_for_all_processes():
    prepared = []

    def prepare(project):
        prepared.append(project)

    projects = [PreparedExampleProject(NAME, prepare=prepare) for _ in range(2)]
    copy = projects[0].project()
    example_project._prepared.cache_clear()  # As another process is.
    assert [project.project() for project in projects] == [copy, copy]
    assert prepared == [copy]
    assert (copy / "app.py").exists()
    assert projects[0].name == NAME


def test_project_that_cannot_be_made_is_an_empty_web_application():
    def prepare(project):
        raise AssertionError("no index")

    project = PreparedExampleProject(NAME, prepare=prepare)
    assert [name for name, _ in project.entries(PARTS)] == [READY[1:]]
    assert str(project.failure) == "no index"
    assert project.answered(None)

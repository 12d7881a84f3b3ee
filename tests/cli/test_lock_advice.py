"""`isthmus war` advises a lock only if the requirements leave a choice of releases."""

import pytest

import packages
import python3_project

project = python3_project.project
wheel = python3_project.wheel


@pytest.mark.parametrize(
    "line, has_advice",
    [
        ("one==1.0 --hash=sha256:%s\ntwo==1.0 --hash=sha256:%s\n", False),
        ("one==1.0\ntwo===1.0\n", False),
        # Nothing pins what one needs.
        ("one==1.0\n", True),
        ("one==1.*\ntwo==1.0\n", True),
        ("one\ntwo==1.0\n", True),
    ],
)
def test_lock_is_advised_if_a_release_is_not_pinned(
    project, isthmus, wheel, line, has_advice
):
    digests = packages.sha256(wheel("one", "1.0", requires=["two"]))
    digests = digests, packages.sha256(wheel("two", "1.0"))
    text = line % digests if "%s" in line else line
    (project / "requirements.txt").write_text(text)
    ended = isthmus("war", "-o", "x.war", "--engine=cpython")
    assert ended.code == 0, ended
    assert ("isthmus lock" in ended.err) == has_advice, ended

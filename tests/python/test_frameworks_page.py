"""docs/frameworks.md and examples/: each project has a recipe, its pin, and a test."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "frameworks.md").read_text(encoding="utf-8")
TESTS = sorted((ROOT / "tests" / "functional" / "examples").glob("test_*.py"))
EXAMPLES = sorted(path.parent for path in ROOT.glob("examples/*/pyproject.toml"))
# As GitHub makes them of headings.
ANCHORS = {
    re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
    for heading in re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
}


def named(example):
    return pytest.param(example, id=example.name)


def test_there_are_examples():
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize("example", map(named, EXAMPLES))
def test_recipe_names_the_example_and_its_release(example):
    assert "](../examples/%s)" % example.name in PAGE
    requirements = (example / "requirements.txt").read_text(encoding="utf-8")
    # The first one, without what it is for.
    assert "`%s`" % requirements.splitlines()[0].partition(";")[0] in PAGE


@pytest.mark.parametrize("example", map(named, EXAMPLES))
def test_example_leads_to_a_recipe_that_is_there(example):
    readme = (example / "README.md").read_text(encoding="utf-8")
    anchors = re.findall(r"\.\./\.\./docs/frameworks\.md#([\w-]+)\)", readme)
    assert set(anchors) <= ANCHORS


@pytest.mark.parametrize("example", map(named, EXAMPLES))
def test_example_is_deployed_by_a_test(example):
    calls = [test.read_text(encoding="utf-8") for test in TESTS]
    assert any('ExampleProject("%s"' % example.name in text for text in calls)

"""docs/migrating-from-modjy.md: its table of modjy's tests names tests that exist."""

import ast
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "migrating-from-modjy.md").read_text()
ROWS = re.findall(r"^\| `(test[A-Z]\w*)` \| (.*) \|$", PAGE, re.M)
NAMED = sorted(set(re.findall(r"`(\w+\.py)::(\w+)`", PAGE)))


def test_each_case_that_is_not_empty_is_there_once():
    assert len({name for name, _ in ROWS}) == len(ROWS) == 75


def test_each_case_has_a_test():
    assert [name for name, tests in ROWS if "::test_" not in tests] == []


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_named_test_exists(file, test):
    tree = ast.parse((ROOT / "tests" / "functional" / file).read_text())
    defined = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    assert test in defined

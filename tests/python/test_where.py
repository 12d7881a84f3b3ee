"""tests/functional/where.py: each module has a row, its pairs leave no value out."""

import itertools
import pathlib
import re

import pytest

import where
from containers import KINDS

FUNCTIONAL = pathlib.Path(where.__file__).parent
JDKS = ["jdk17", "jdk25"]


def test_each_module_has_its_row_and_no_other_has_one():
    found = FUNCTIONAL.rglob("test_*.py")
    names = [path.relative_to(FUNCTIONAL).with_suffix("") for path in found]
    assert {name.as_posix() for name in names} == set(where.TABLE)


def test_modules_that_are_begun_early_exist():
    names = pathlib.Path(__file__).parents[1] / "conftest.py"
    names = re.findall(r'"(tests/\S+\.py)"', names.read_text("utf-8"))
    root = FUNCTIONAL.parents[1]
    assert names and [name for name in names if not (root / name).exists()] == []


def test_matrix_has_each_module_that_is_marked_for_it():
    root = FUNCTIONAL.parents[1]
    marked = {
        path.relative_to(root).as_posix()
        for path in FUNCTIONAL.parent.rglob("test_*.py")
        if FUNCTIONAL not in path.parents
        and re.search(r"\bmark\.matrix\b", path.read_text("utf-8"))
    }
    script = (root / "scripts" / "matrix").read_text("utf-8")
    assert marked == set(re.findall(r"\btests/\S+\.py\b", script))


def test_each_value_of_each_axis_occurs():
    with_jython = [pair for pair in where.PAIRS if pair.engine == where.JYTHON]
    assert [pair.container for pair in with_jython] == list(where.ALL)
    assert {pair.engine for pair in where.PAIRS} == set(where.ENGINES)
    assert set(where.ALL) == set(KINDS)
    assert {pair.jdk for pair in where.PAIRS} == {where.BUILD, where.OTHER}
    assert {pair.entry for pair in where.PAIRS} == set(where.ENTRIES)
    # A Tomcat and a Jetty, and of each family one without.
    families = [(KINDS[p.container].family, p.locale) for p in where.PAIRS]
    assert {locale for _, locale in families} == {"", "tr", "ar"}
    assert len({family for family, locale in families if locale}) == 2
    assert len({family for family, locale in families if not locale}) == 2


@pytest.mark.parametrize("axis", ["jdk", "entry"])
@pytest.mark.parametrize("kind", ["namespace", "family"])
def test_each_value_occurs_with_each_namespace_and_family(axis, kind):
    seen = {(getattr(KINDS[p.container], kind), getattr(p, axis)) for p in where.PAIRS}
    ones, others = ({pair[i] for pair in seen} for i in (0, 1))
    assert seen == set(itertools.product(ones, others))


@pytest.mark.parametrize("name", where.TABLE)
def test_what_mvn_verify_runs_is_part_of_the_matrix(name):
    row = where.TABLE[name]
    places = where.product(row._replace(one_jdk=False), where.ALL, JDKS)
    whole = {(*place[:3], entry) for place in places for entry in place.entries}
    part = {
        (*place[:3], entry)
        for place in where.verified(row, JDKS)
        for entry in place.entries
    }
    assert part <= whole
    assert bool(part) == bool(whole)


# What takes too long for both.
LONG = {"examples/test_mlflow", "examples/test_moinmoin"}


@pytest.mark.parametrize("name", [n for n in where.TABLE if n.startswith("examples/")])
def test_example_is_on_a_tomcat_and_a_jetty_in_the_matrix(name):
    places = where.product(where.TABLE[name], where.ALL, JDKS)
    families = {KINDS[place.container].family for place in places}
    assert len(families) == (1 if name in LONG else 2)


def test_container_with_cpython_alone_is_without_jython():
    row = where.TOMCAT_11._replace(further=("jetty-ee10",))
    places = where.product(row, where.ALL, JDKS)
    found = {(place.container, place.engine) for place in places}
    on_both = {("tomcat11", engine) for engine in where.ENGINES}
    assert found == {*on_both, ("jetty-ee10", where.CPYTHON)}


@pytest.mark.parametrize("name", [n for n, row in where.TABLE.items() if row.quick])
def test_what_is_quick_has_no_web_application_of_its_own(name):
    text = (FUNCTIONAL / (name + ".py")).read_text("utf-8")
    assert not re.search(r"^WARS = |containers\.create\(", text, re.M)


def test_where_there_is_one_jdk_all_pairs_are_on_it():
    places = where.verified(where.EACH, JDKS[:1])
    assert {place.jdk for place in places} == {"jdk17"}

"""docs/errors.md has one entry for each code of the tool, and no other."""

import re
from collections import Counter
from pathlib import Path

import pytest

from isthmus_cli.doctor.signs import Sign
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import Rule, ToolError

PAGE = Path(__file__).resolve().parents[2] / "docs" / "errors.md"
ENTRY = re.compile(
    r"\n\n\*\*[^*]+\.\*\*\n\n\*Symptom:\* .+\n\n\*Cause:\* .+\n\n\*Remedy:\* .+", re.S
)
OWN = ("IS02", "IS03", "IS041", "IS042", "IS043")
FIVE = ("1", "2", "3", "4", "5", "6")
KINDS = Rule, Python3Rule, Sign
ALL = [coded for kind in KINDS for coded in kind]


def _entries():
    parts = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    heads = [part.partition("\n") for part in parts]
    return {head: "\n" + body for head, _, body in heads if head.startswith(OWN)}


def _message(rule):
    return rule.message(*FIVE[: rule.value[1].count("%s")])


def test_codes_are_distinct_in_order_and_of_the_tool():
    codes = [rule.code for rule in ALL]
    for kind in KINDS:
        ordered = [rule.code for rule in kind]
        assert ordered == sorted(ordered)
    assert not [code for code, times in Counter(codes).items() if times > 1]
    assert all(code.startswith(OWN) for code in codes)


def test_each_code_has_an_entry_and_each_entry_a_code():
    assert list(_entries()) == sorted(rule.code for rule in ALL)


@pytest.mark.parametrize("rule", ALL)
def test_entry_has_a_title_a_symptom_a_cause_and_a_remedy(rule):
    assert ENTRY.fullmatch(_entries()[rule.code].rstrip("\n"))


@pytest.mark.parametrize("rule", [*Rule, *Python3Rule])
def test_message_begins_with_its_code_and_ends_with_where_to_read_on(rule):
    message = _message(rule)
    assert message.startswith(rule.code + ": ")
    assert message.endswith(" See `isthmus explain %s`." % rule.code)


def test_error_has_the_message_of_its_rule():
    error = ToolError(Rule.OUTPUT_UNWRITABLE, "x.war", "no room")
    assert str(error) == Rule.OUTPUT_UNWRITABLE.message("x.war", "no room")

"""`isthmus explain` has each entry of docs/errors.md, for people and for pipes."""

import re
from pathlib import Path

import pytest

from isthmus_cli import bundled, exit_codes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "errors.md"


def _words(text):
    return re.findall(r"\w+", text)


def test_each_entry_of_the_page_is_there():
    heads = re.findall(r"(?m)^## (IS\d{4})$", PAGE.read_text("utf-8"))
    assert list(bundled.errors()) == heads
    for entry in bundled.errors().values():
        assert len(_words(entry)) > 20 and "\n#" not in entry


@pytest.mark.parametrize("named", ["IS0001", "is0001", "1", "0001"])
def test_code_is_taken_as_one_types_it(isthmus, named):
    ended = isthmus("explain", named)
    assert (ended.code, ended.err) == (exit_codes.DONE, "")
    lines = [line.rstrip() for line in ended.out.splitlines()]
    assert lines[0].startswith("IS0001: ") and lines[1] == ""
    assert lines[2].startswith("Symptom: ")


def test_entry_is_whole_and_has_no_markup(isthmus):
    entry = bundled.errors()["IS0093"]
    output = isthmus("explain", "IS0093").out
    assert "**" not in output and "](" not in output and "`" not in output
    plain = re.sub(r"\]\([^)]*\)", "", entry)
    assert [w for w in _words(plain) if w not in _words(output)] == []
    assert max(map(len, output.splitlines())) <= 80


def test_link_becomes_words(isthmus):
    output = " ".join(isthmus("explain", "IS0001").out.split())
    assert "(docs/settings.md)" in output and "](" not in output
    output = " ".join(isthmus("explain", "IS0042").out.split())
    assert "IS0041" in output and "#is0041" not in output


@pytest.mark.parametrize(
    "code, message",
    [("IS0215x", "Did you mean 'IS0215'?"), ("IS9999", "IS9999"), ("teapot", "teapot")],
)
def test_unknown_code_is_an_error_with_the_nearest(isthmus, code, message):
    ended = isthmus("explain", code)
    assert (ended.code, ended.out) == (exit_codes.BROKEN_RULE, "")
    assert ended.err.startswith("IS0259: ") and "'%s'" % code in ended.err
    assert message in ended.err


def test_number_that_no_error_has_gets_no_guess(isthmus):
    assert "Did you mean" not in isthmus("explain", "IS9999").err


def test_shell_completes_codes():
    from isthmus_cli.commands import explain

    (argument,) = explain.command.params
    found = argument.shell_complete(None, "is025")
    assert [item.value for item in found][:2] == ["IS0250", "IS0251"]

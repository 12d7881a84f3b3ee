"""The command `isthmus`: its commands, its help, and how it ends."""

import errno
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import click
import pytest

from isthmus_cli import exit_codes, main
from isthmus_cli.rules import Rule, ToolError

NOWHERE = "No usable temporary directory found in ['/tmp']"
ROOT = Path(__file__).resolve().parents[2]
COMMANDS = main.isthmus.list_commands(None)


class Broken:
    """A command that fails as it is told to."""

    def __init__(self, monkeypatch, failure):
        @click.command()
        def command():
            raise failure

        monkeypatch.setattr(main.Commands, "list_commands", lambda *_: ["broken"])
        monkeypatch.setattr(main.Commands, "get_command", lambda *_: command)


def test_version_is_that_of_the_pom(isthmus):
    pom = ElementTree.parse(ROOT / "pom.xml").getroot()
    version = pom.findtext("{http://maven.apache.org/POM/4.0.0}version")
    assert isthmus("--version") == (0, "isthmus %s\n" % version, "")


def test_nothing_asked_shows_the_help_and_is_a_wrong_command_line(isthmus):
    ended = isthmus()
    assert ended.code == exit_codes.USAGE
    assert ended.out == ""
    assert all(name in ended.err for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_has_an_example(isthmus, name):
    ended = isthmus(name, "--help")
    assert ended.code == 0
    assert "isthmus %s " % name in ended.out.partition("\n")[2]


def test_command_that_was_probably_meant_is_named(isthmus):
    ended = isthmus("completio")
    assert ended.code == exit_codes.USAGE
    assert "'completio'" in ended.err
    assert "Did you mean 'completion'?" in ended.err


def test_wrong_option_is_a_wrong_command_line(isthmus):
    ended = isthmus("completion", "--no-such-option")
    assert (ended.code, ended.out) == (exit_codes.USAGE, "")
    assert "--no-such-option" in ended.err


def test_broken_rule_is_its_message_alone(isthmus, monkeypatch):
    Broken(monkeypatch, ToolError(Rule.OUTPUT_UNWRITABLE, "[x].war", "no room"))
    message = Rule.OUTPUT_UNWRITABLE.message("[x].war", "no room")
    assert isthmus("broken") == (exit_codes.BROKEN_RULE, "", message + "\n")


def test_defect_of_the_tool_shows_where_it_is(isthmus, monkeypatch):
    Broken(monkeypatch, ZeroDivisionError("a defect"))
    ended = isthmus("broken")
    assert ended.code == exit_codes.DEFECT
    assert "ZeroDivisionError: a defect" in ended.err
    assert "report" in ended.err.splitlines()[-1]


@pytest.mark.parametrize(
    "failure, expected",
    [
        (OSError(errno.ENOSPC, "No room"), ["output", "No room"]),
        (OSError(errno.EFBIG, "Too large", "/x/y"), ["'/x/y'", "Too large"]),
        (OSError(errno.ENOENT, NOWHERE), ["temporary", NOWHERE]),
    ],
)
def test_full_disk_is_no_defect(isthmus, monkeypatch, failure, expected):
    Broken(monkeypatch, failure)
    ended = isthmus("broken")
    assert ended.code == exit_codes.BROKEN_RULE
    assert ended.err.startswith("IS0260: ")
    assert all(part in ended.err for part in expected), ended.err


def test_read_only_disk_is_no_full_one(isthmus, monkeypatch):
    Broken(monkeypatch, OSError(errno.EROFS, "Read-only", "/x/y"))
    ended = isthmus("broken")
    assert ended.code == exit_codes.BROKEN_RULE
    assert ended.err.startswith("IS0206: '/x/y'"), ended.err


@pytest.mark.parametrize(
    "words", [["new", "shop"], ["war"], ["doctor"], ["serve"], ["run-cgi"]]
)
def test_current_directory_that_is_gone_is_reported(
    isthmus, monkeypatch, tmp_path, words
):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ended = isthmus(*words)
    assert (ended.code, ended.out) == (exit_codes.BROKEN_RULE, "")
    assert ended.err.startswith("IS0264: ") and "No such file" in ended.err


def test_interrupt_ends_as_shells_have_it(isthmus, monkeypatch):
    Broken(monkeypatch, KeyboardInterrupt())
    assert isthmus("broken") == (exit_codes.INTERRUPTED, "", "\n")


def test_name_beyond_the_encoding_of_the_terminal_is_escaped():
    program = "import sys; from isthmus_cli import console, main\n"
    program += "main.run = lambda: console.err().print('\\udcff \\u65e5')\nmain.main()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT / "src" / "main" / "python"), "LC_ALL": "C"},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert re.match(rb"\\udcff (\xe6\x97\xa5|\\u65e5)\r?\n", done.stderr)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_the_shell(isthmus, shell):
    ended = isthmus("completion", shell)
    assert ended.code == 0
    assert "_ISTHMUS_COMPLETE=%s_complete" % shell in ended.out


def test_shell_completes_commands():
    program = "from isthmus_cli.main import main; main()"
    asked = {"_ISTHMUS_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    asked.update(COMP_WORDS="isthmus comp")
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT / "src" / "main" / "python"), **asked},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("plain,completion\n", "")

"""Options from [tool.isthmus] of pyproject.toml, below those of the command line."""

import click
import pytest

from isthmus_cli import main, project, words
from isthmus_cli.rules import Rule, ToolError


class Told(Exception):
    """What the options of a command were."""


@click.command(name="war", cls=project.ProjectCommand)
@click.argument("app", required=False)
@click.option("-o", "--output")
@click.option("--static", multiple=True)
@words.CONTEXT_PARAM
@click.option("--strip/--no-strip", default=False)
@click.option("--list", "listed", is_flag=True)
def war(**options):
    raise Told(options)


@click.command(name="serve", cls=project.ProjectCommand)
@click.argument("app", required=False)
@click.option("--port", type=int)
def serve(**options):
    raise Told(options)


@pytest.fixture
def options(tmp_path, monkeypatch):
    """What a command gets, with a pyproject.toml and a command line."""
    monkeypatch.chdir(tmp_path)
    commands = {"war": war, "serve": serve}
    monkeypatch.setattr(main.Commands, "list_commands", lambda *_: ["serve", "war"])
    monkeypatch.setattr(main.Commands, "get_command", lambda _s, _c, n: commands[n])

    def of(text, *args):
        (tmp_path / "pyproject.toml").write_bytes(text.encode())
        with pytest.raises(Told) as output:
            main.isthmus.main(list(args), standalone_mode=False)
        return output.value.args[0]

    return of


WHOLE = """
[project]
name = "shop"
[tool.isthmus]
app = "shop:app"
output = "été.war"
static = ["a", "b"]
strip = true
[tool.isthmus.context-param]
"isthmus.slow" = "5"
[tool.isthmus.serve]
port = 8000
"""


def test_project_gives_each_kind_of_option(options):
    assert options(WHOLE, "war") == {
        "app": "shop:app",
        "output": "été.war",
        "static": ("a", "b"),
        "context_params": {"isthmus.slow": "5"},
        "strip": True,
        "listed": False,
    }


def test_command_line_goes_before_the_project(options):
    found = options(WHOLE, "war", "x:y", "-o", "z.war", "--no-strip", "--static", "c")
    assert (found["app"], found["output"], found["strip"]) == ("x:y", "z.war", False)
    assert found["static"] == ("c",)


def test_command_line_replaces_pairs_of_the_same_name_alone(options):
    text = WHOLE.replace('slow" = "5"', 'slow" = "5"\nlimit = "7"')
    given = ("--context-param", "isthmus.slow=6", "--context-param", "colour=red")
    wanted = {"isthmus.slow": "6", "limit": "7", "colour": "red"}
    assert options(text, "war", *given)["context_params"] == wanted


def test_another_command_has_what_it_shares_and_its_own_table(options):
    assert options(WHOLE, "serve") == {"app": "shop:app", "port": 8000}


def test_project_may_be_without_settings(options):
    assert options("[project]\nname = 'x'\n", "war")["app"] is None


@pytest.mark.parametrize(
    "text, rule, message",
    [
        ("[tool.isthmus]\nstrp = 1", Rule.SETTING_UNKNOWN, "Did you mean 'strip'?"),
        ("[tool.isthmus]\nlist = true", Rule.SETTING_UNKNOWN, "'list'"),
        ("[tool.isthmus]\nport = 1", Rule.SETTING_UNKNOWN, "'port'"),
        ("[tool.isthmus.war]\nx = 1", Rule.SETTING_UNKNOWN, "'war.x'"),
        ("[tool.isthmus]\nstrip = 'yes'", Rule.SETTING_MALFORMED, "true"),
        ("[tool.isthmus]\nstatic = 'a'", Rule.SETTING_MALFORMED, "list"),
        ("[tool.isthmus]\nstatic = [1]", Rule.SETTING_MALFORMED, "list"),
        ("[tool.isthmus]\noutput = true", Rule.SETTING_MALFORMED, "string"),
        ("[tool]\nisthmus = 1", Rule.SETTING_MALFORMED, "table"),
        ("tool = 1", Rule.SETTING_MALFORMED, "table"),
        ("[tool.isthmus]\nwar = 1", Rule.SETTING_MALFORMED, "table"),
        ("[tool", Rule.PROJECT_UNREADABLE, "pyproject.toml"),
        ("x = '\udcff'", Rule.PROJECT_UNREADABLE, "utf-8"),
    ],
)
def test_what_is_wrong_in_a_project_is_reported(tmp_path, options, text, rule, message):
    (tmp_path / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ToolError) as broken:
        main.isthmus.main(["war"], standalone_mode=False)
    assert broken.value.rule is rule
    assert message in str(broken.value)


def test_byte_order_mark_of_an_editor_is_no_text(options):
    assert options("\ufeff" + WHOLE, "war")["app"] == "shop:app"

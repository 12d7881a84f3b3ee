"""Options from `[tool.isthmus]` in pyproject.toml, as defaults for the command line.

Its keys are the long options of `isthmus war`, and `app`. A table named after a
command, such as `[tool.isthmus.serve]`, has options for that command alone.
"""

import sys
from pathlib import Path

import click

from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = "pyproject.toml"


class ProjectCommand(click.Command):
    """A command whose options may also be in pyproject.toml."""

    shared = None  # the keys that it shares with `isthmus war`; None for all

    def parse_args(self, context, args):
        group = context.find_root().command
        context.default_map = defaults(self, group, context, Path.cwd())
        return super().parse_args(context, args)


class LockCommand(ProjectCommand):
    """`isthmus lock`, whose --output means something else."""

    shared = ("engine", "extra", "group", "platform", "python")


def name(directory):
    """The name in [project], or None."""
    found = _table(read(directory), "project").get("name")
    return found if isinstance(found, str) else None


def requires_python(directory):
    """The value of requires-python in [project] as text, or None."""
    value = _table(read(directory), "project").get("requires-python")
    return None if value is None else str(value)


def read(directory):
    """The content of pyproject.toml, as a dict; empty if there is none.

    :raises ToolError: if it cannot be read.
    """
    return load(Path(directory) / FILE)


def load(path):
    """The same for any file."""
    try:
        # Windows editors write a byte order mark, which TOML does not allow.
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ToolError(Rule.PROJECT_UNREADABLE, path.name, error) from error


def defaults(command, group, context, directory):
    """{parameter: value} that a project sets for a command."""
    table = _table(_table(read(directory), "tool"), "isthmus")
    commands = group.list_commands(context)
    shared = _parameters(group.get_command(context, "war"))
    own = _parameters(command)
    found = {}
    for key, value in table.items():
        if key in own and key in shared and key in (command.shared or own):
            found[own[key].name] = _value(key, value, own[key])
        elif key not in shared and key not in commands:
            raise ToolError(Rule.SETTING_UNKNOWN, key, nearest(key, shared))
    for key, value in _table(table, command.name).items():
        if key not in own:
            path = "%s.%s" % (command.name, key)
            raise ToolError(Rule.SETTING_UNKNOWN, path, nearest(key, own))
        found[own[key].name] = _value(key, value, own[key])
    return found


def _table(table, key):
    inner = table.get(key, {})
    if not isinstance(inner, dict):
        raise ToolError(Rule.SETTING_MALFORMED, key, repr(inner), "a table")
    return inner


def _parameters(command):
    """{key: parameter}, where the key is the long option without its dashes."""
    return {_key(p): p for p in command.params if _key(p) not in ("help", "list")}


def _key(parameter):
    if isinstance(parameter, click.Argument):
        return parameter.name
    return max(parameter.opts, key=len).lstrip("-")


def _value(key, value, parameter):
    is_flag = getattr(parameter, "is_flag", False)
    if is_flag and isinstance(value, bool):
        return value
    if parameter.multiple:
        if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            return ["%s=%s" % pair for pair in value.items()]
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return value
    elif not is_flag and isinstance(value, (str, int)) and not isinstance(value, bool):
        return value
    form = "a list of strings, or a table of them" if parameter.multiple else "a string"
    form = "true or false" if is_flag else form
    raise ToolError(Rule.SETTING_MALFORMED, key, repr(value), form)

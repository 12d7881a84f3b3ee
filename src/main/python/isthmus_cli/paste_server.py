"""`[server:main] use = egg:isthmus#jetty`: `isthmus serve` for Paste Deploy files.

pserve, `paster serve` and others create a server and an application from a Paste Deploy
file, and pass the application to the server. This server creates the application again,
on Jython: the one it is given is in CPython, and is ignored.
"""

import configparser
import re

import click

from isthmus_cli import console, main
from isthmus_cli.commands import serve
from isthmus_cli.exit_codes import BROKEN_RULE
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError

APP = "app"
FILE = "__file__"

_SWITCH = click.BOOL
_SECTION = "server:"
# Paste Deploy's rules: prefixes of an application's section name, and names that cannot
# be one.
_APPS = "app application composite composit pipeline filter-app".split()
_URI = re.compile("[A-Za-z]{2,}:")
_US = "isthmus#jetty"


def jetty(global_conf, **local_conf):
    """Create the server: paste.server_factory, as Paste Deploy documents it.

    Checks everything now, before the application is imported in vain.

    :param global_conf: has the file's path, as Paste Deploy puts it there.
    :param local_conf: the section: options of `isthmus serve`, without their dashes;
        and ``app``, the application's section, by default ``main``.
    :returns: a function of the application, which serves until it is stopped.
    :raises SystemExit: with 3, after the message, if the section is wrong; or with the
        exit code of `isthmus serve`, if that has failed.
    """
    try:
        words = _words(global_conf.get(FILE), local_conf)
    except ToolError as broken:
        console.err().print(str(broken))
        raise SystemExit(BROKEN_RULE) from broken

    def server(app):
        code = main.run(words)
        if code:
            raise SystemExit(code)

    return server


def _words(file, section):
    """The `isthmus` command line that a section stands for."""
    if not file:
        raise ToolError(Rule.SERVER_WITHOUT_FILE)
    words = ["serve", "%s#%s" % (file, _app(section.get(APP, "main"), file))]
    for key, text in section.items():
        if key != APP:
            words += _option(key, text, file)
    return words


def _app(name, file):
    """The application's name, if the file has it, or if it is a URI."""
    pairs = [section.partition(":")[::2] for section in _read(file).sections()]
    names = [rest.strip() for kind, rest in pairs if kind in _APPS]
    if name not in names and not _URI.match(name):
        why = "the file has no such application." + nearest(name, names)
        values = (_place(APP, file), APP, name, why)
        raise ToolError(Rule.SERVER_VALUE_MALFORMED, *values)
    return name


def _option(key, text, file):
    options = _options()
    name = key.replace("_", "-")
    if name not in options:
        near = nearest(name, [APP, *options])
        raise ToolError(Rule.SERVER_KEY_UNKNOWN, _place(key, file), key, near)
    option = options[name]
    values = [line.strip() for line in text.splitlines() if line.strip()]
    if not option.multiple:
        values = [text.strip()]
    context = click.Context(serve.command)
    try:
        if option.is_flag:
            return ["--" + name] if _SWITCH.convert(text, option, context) else []
        option.process_value(context, values if option.multiple else values[0])
    except click.BadParameter as wrong:
        given = " ".join(text.split())
        why = wrong.message.rstrip(".")
        place = _place(key, file)
        raise ToolError(Rule.SERVER_VALUE_MALFORMED, place, key, given, why) from wrong
    return ["--%s=%s" % (name, value) for value in values]


def _options():
    """{long option without its dashes: the option} of `isthmus serve`."""
    options = [p for p in serve.command.params if isinstance(p, click.Option)]
    return {max(option.opts, key=len).lstrip("-"): option for option in options}


def _place(key, file):
    """The section that has a key; Paste Deploy does not say which one it has read."""
    parser = _read(file)
    names = [n for n in parser.sections() if n.startswith(_SECTION)]
    having = [n for n in names if key in parser.options(n)]
    ours = [n for n in having if _US in parser.get(n, "use", fallback="")]
    named = ", ".join("[%s]" % name for name in ours or having or names)
    return "%s in %s" % (named, file)


def _read(file):
    parser = configparser.RawConfigParser(strict=False)
    # Like Paste Deploy: names are case-sensitive.
    parser.optionxform = str
    with open(file, encoding="utf-8-sig", errors="replace") as opened:
        parser.read_file(opened)
    return parser

"""`isthmus explain`: what a code means, where it shows, its cause and its remedy."""

import re

import click
from rich.markdown import Markdown

from isthmus_cli import bundled, console
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError

_LINK = re.compile(r"\[([^]]+)\]\(([\w/.-]*)(#[\w.-]+)?\)")
_DIGITS = re.compile(r"(?:IS)?0*(\d{1,4})", re.IGNORECASE)


def _beginning(_context, _parameter, incomplete):
    return [code for code in bundled.errors() if code.startswith(incomplete.upper())]


@click.command()
@click.argument("code", shell_complete=_beginning)
def command(code):
    """Explain what an error CODE means, and what to do.

    Codes appear in this tool's messages and in the logs of web applications.

    \b
    isthmus explain IS0214
    """
    entries = bundled.errors()
    found = _DIGITS.fullmatch(code)
    known = "IS" + found.group(1).zfill(4) if found else code
    if known not in entries:
        # Of a code, a near number is no better a guess than any other.
        near = "" if found else nearest(known.upper(), entries)
        raise ToolError(Rule.CODE_UNKNOWN, code, near)
    text = _LINK.sub(_named, "**%s:** %s" % (known, entries[known]))
    console.out().print(Markdown(text), soft_wrap=False)


def _named(link):
    """A link of the page as words, because it cannot be opened from here."""
    text, page, _ = link.groups()
    return "%s (docs/%s)" % (text, page) if page else text

"""The two Pythons that web applications run on: how they come to, and what differs.

An expectation that depends on the engine is here, or is of a case that is marked with
the name of one.
"""

import sys
from typing import NamedTuple

import pytest

import where

# What Jython says, and CPython of the same thing.
WORDS = {
    "RuntimeError: maximum recursion depth": "RecursionError: maximum recursion depth",
    "TypeError: exceptions must be": "TypeError: exceptions must derive",
    "unicode 'secret'": "str 'secret'",
    "raised again: Broken('secret',) True": "raised again: Broken('secret') True",
}

# CPython's environ has CONTENT_LENGTH before the application is called, or never: these
# do not ask for it.
UNHELD = ("catches_limit", "echo_lines", "loses_body", "reads_lazily")


class Engine(NamedTuple):
    """What a WAR has to run on it.

    name        the value of isthmus.engine
    settings    (name, value) of context-params that every WAR gets
    has_java    True if the WAR carries the engine's jars, and Python has Java's objects
    unheld      apps that want a body without a length as it comes
    words       texts of the log, as pairs: Jython's, and this one's
    """

    name: str
    settings: tuple
    has_java: bool
    unheld: tuple
    words: tuple

    def settings_of(self, app):
        """init-params of a servlet or filter with an app of apps/."""
        return {"isthmus.request.hold_body": "0"} if app in self.unheld else {}

    def says(self, text):
        """What stands in the log where Jython says this."""
        return dict(self.words).get(text, text)


KINDS = {
    where.JYTHON: Engine(where.JYTHON, (), True, (), ()),
    where.CPYTHON: Engine(
        where.CPYTHON,
        (
            ("isthmus.engine", "cpython"),
            ("isthmus.python.executable", sys.executable),
            # Apps leave notes for each other, so they must share a process.
            ("isthmus.workers", "1"),
            ("isthmus.worker.threads", "10"),
        ),
        False,
        UNHELD,
        tuple(WORDS.items()),
    ),
}


def cases(names, jython=(), cpython=()):
    """Parameters of a test; those of one engine alone are marked as such."""
    marks = {
        **dict.fromkeys(jython, pytest.mark.jython),
        **dict.fromkeys(cpython, pytest.mark.cpython),
    }
    return [pytest.param(name, marks=marks.get(name, ())) for name in names]

"""Reads the log files that a container really writes, from a mark on."""

import re
import time
from typing import NamedTuple

# Tomcat's OneLineFormatter; java.util.logging's two lines; Jetty's own.
RECORD = re.compile(
    r"^\d\d-\w{3}-\d{4} [\d:.]+ (?P<tomcat>[A-Z]+) \[.*?\] \S+ ?"
    r"|^\w+ \d\d, \d{4} \d+:\d\d:\d\d \w+ .*\n(?P<jul>[A-Z]+): "
    r"|^\d{4}-\d\d-\d\d [\d:.]+:(?P<jetty>[A-Z]+) *:",
    re.M,
)
# Beyond INFO for a few loggers, in the properties of java.util.logging.
DEBUG = """
org.isthmus.app.level=FINE
org.isthmus.python.functional.basic.level=FINE
org.isthmus.python.functional.quiet.level=FINE
"""
TIMEOUT = 60.0
LEVELS = {"SEVERE": "ERROR", "WARN": "WARNING", "FINE": "DEBUG"}


class Record(NamedTuple):
    """One log record: ERROR, WARNING, INFO or DEBUG, and its text of many lines."""

    level: str
    text: str


class Log:
    """The text of all log files, in the order of their names.

    A mark remembers how long each file was; a file that appears later counts from its
    start (containers begin a new one at midnight).
    """

    def __init__(self, files):
        self._files = files

    def mark(self):
        return {path: path.stat().st_size for path in self._files()}

    def since(self, mark):
        text = []
        for path in self._files():
            with open(path, "rb") as file:
                file.seek(mark.get(path, 0))
                text.append(file.read().decode("utf-8", "backslashreplace"))
        return "".join(text)

    def records(self, mark=None):
        text = self.since(mark or {})
        heads = list(RECORD.finditer(text))
        ends = [head.start() for head in heads[1:]] + [len(text)]
        return [
            Record(LEVELS.get(head[head.lastgroup], head[head.lastgroup]), body)
            for head, end in zip(heads, ends)
            for body in [text[head.end() : end].rstrip("\n")]
        ]

    def wait_for_records(self, matches, mark=None):
        """The records that match, once there is one: Tomcat writes a little later."""
        deadline = time.monotonic() + TIMEOUT
        while not (found := [r for r in self.records(mark) if matches(r)]):
            if time.monotonic() > deadline:
                raise AssertionError("no such record in the log:\n%s" % self.tail())
            time.sleep(0.02)
        return found

    def text(self):
        return self.since({})

    def tail(self, lines=60):
        return "\n".join(self.text().splitlines()[-lines:])

    def wait_for(self, pattern, mark=None, timeout=TIMEOUT):
        """The match of this pattern; AssertionError with the tail if none comes."""
        deadline = time.monotonic() + timeout
        while True:
            found = re.search(pattern, self.since(mark or {}), re.M)
            if found:
                return found
            if time.monotonic() > deadline:
                raise AssertionError("no %r in the log:\n%s" % (pattern, self.tail()))
            time.sleep(0.02)

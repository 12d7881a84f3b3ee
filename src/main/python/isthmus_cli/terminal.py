"""The terminal that the tool runs in, for a debugger in another process."""

import os
import sys
from contextlib import contextmanager

from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError

try:
    import termios
except ImportError:
    # Windows, where no worker runs either.
    termios = None


def path():
    """The path of the terminal that is standard input, such as /dev/pts/3.

    :raises ToolError: if standard input is no terminal.
    """
    try:
        return os.ttyname(sys.stdin.fileno())
    except (AttributeError, OSError, ValueError) as error:
        raise ToolError(Python3Rule.TERMINAL_ABSENT) from error


@contextmanager
def restored():
    """Restore the terminal's modes: a debugger may be killed at its prompt."""
    modes = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, modes)

"""A program in a terminal of its own: what it prints is read, and what to type sent."""

import fcntl
import os
import pty
import re
import subprocess
import termios
import threading
from contextlib import contextmanager

from tool_process import LIMIT, until


class Terminal:
    """The user's side of the terminal.

    :ivar process: the program, its session's leader.
    :ivar descriptor: of the terminal.
    """

    def __init__(self, process, master):
        self.process = process
        self.descriptor = master
        self._octets = bytearray()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        while True:
            try:
                found = os.read(self.descriptor, 4096)
            except OSError:
                return  # the last process that had the terminal has closed it
            if not found:
                return
            self._octets += found

    def text(self):
        return self._octets.decode(errors="replace")

    def says(self, pattern, after=0):
        """Wait for a pattern; return its match.

        :param after: where in the text to begin.
        """
        return until(lambda: re.compile(pattern).search(self.text(), after), self.text)

    def types(self, text):
        """Type; return where the answer to it begins."""
        before = len(self.text())
        os.write(self.descriptor, text.encode())
        return before

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LIMIT)
        self._reader.join(LIMIT)


@contextmanager
def running(words, **options):
    """Run a program in a new terminal; yield the Terminal.

    :param options: more of subprocess.Popen's.
    """
    master, slave = pty.openpty()
    try:
        process = subprocess.Popen(
            words,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            **options,
        )
        terminal = Terminal(process, master)
        os.close(slave)
        slave = None
        try:
            yield terminal
        finally:
            terminal.end()
    finally:
        os.close(master)
        if slave is not None:
            os.close(slave)

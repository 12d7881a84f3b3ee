"""Output for the container's log: one record for each line, with a level."""

import io
import os
import threading

# The levels of logging for sys.stdout, sys.stderr and wsgi.errors.
INFO, WARNING, ERROR = 20, 30, 40


class LogStream(io.TextIOBase):
    """wsgi.errors, sys.stdout or sys.stderr.

    A line is logged when it is complete, when its thread's request ends, or on flush().
    Each thread has a line of its own, so that lines of two requests do not mix.

    :param log: called with logger, level and text of a line.
    :param log_record: called likewise with a record of ``logging``.
    :param fd: returned by fileno(), and used for output in a child process.
    :ivar unfinished: what threads have written since their last line break.
    """

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, log, log_record, name, level, fd):
        self._log = log
        self._log_record = log_record
        self._name = name
        self._level = level
        self._fd = fd
        self._pid = os.getpid()
        self.unfinished = {}
        self.buffer = _Octets(self)

    def writable(self):
        """Return True, as files do."""
        return True

    def fileno(self):
        """Return the descriptor that C code writes to."""
        return self._fd

    def write(self, text):
        """Log each whole line, and keep the rest."""
        if not isinstance(text, str):
            raise TypeError("write() takes a str, not " + type(text).__name__)
        if os.getpid() != self._pid:
            os.write(self._fd, text.encode("utf-8", self.errors))
            return len(text)
        thread = threading.get_ident()
        whole = self.unfinished.pop(thread, "") + text
        if "\n" in whole:
            lines = whole.split("\n")
            whole = lines.pop()
            for line in lines:
                self._record(line)
        if whole:
            self.unfinished[thread] = whole
        return len(text)

    def write_record(self, name, level, text):
        """Log a record of ``logging`` as one (isthmus/logs.py)."""
        if os.getpid() == self._pid:
            self._log_record(name, level, text)
        else:
            self.write(text + "\n")

    def flush(self):
        """Log what this thread has written since its last line break."""
        if self.unfinished:
            line = self.unfinished.pop(threading.get_ident(), "")
            self._record(line)

    def close(self):
        """Do nothing: all code of the process shares it."""

    def _record(self, line):
        line = line[:-1] if line.endswith("\r") else line
        if line:
            self._log(self._name, self._level, line)


class _Octets(io.RawIOBase):
    """The binary stream below a text stream: ``sys.stdout.buffer``."""

    def __init__(self, text):
        self._text = text

    def writable(self):
        return True

    def fileno(self):
        return self._text.fileno()

    def write(self, octets):
        octets = bytes(octets)
        try:
            text = octets.decode("utf-8")
        except UnicodeDecodeError:
            text = octets.decode("latin-1")
        self._text.write(text)
        return len(octets)

    def flush(self):
        self._text.flush()

    def close(self):
        pass

"""Output for the container's log: one record for each line, with a level."""

import codecs
import io
import os
import threading

from isthmus_worker.frames import write_all
from isthmus_worker.records import LONGEST

# The levels of logging for sys.stdout, sys.stderr and wsgi.errors.
INFO, WARNING, ERROR = 20, 30, 40


class LogStream(io.TextIOWrapper):
    """wsgi.errors, sys.stdout or sys.stderr.

    A line is logged when it is complete or as long as a record may be, on flush(), and
    when its request, its thread or the process ends. Each thread has a line of its own,
    so that lines of two requests do not mix.

    What reconfigure() changes is shown by the attributes alone: text goes to the log as
    it is, and octets are UTF-8.

    :param log: called with logger, level and text of a line.
    :param log_record: called likewise with a record of ``logging``.
    :param fd: returned by fileno(), and used for output in a child process.
    :ivar unfinished: what threads have written since their last line break.
    """

    mode = "w"

    def __init__(self, log, log_record, name, level, fd):
        octets = _Octets(self, "<%s>" % name, fd)
        super().__init__(octets, "utf-8", "backslashreplace", line_buffering=True)
        self._log = log
        self._log_record = log_record
        self._name = name
        self._level = level
        self._fd = fd
        self._pid = os.getpid()
        self._threads = threading.local()
        self.unfinished = {}

    def write(self, text):
        """Log each whole line, and keep the rest."""
        if not isinstance(text, str):
            raise TypeError("write() takes a str, not " + type(text).__name__)
        if self._is_child():
            write_all(self._fd, text.encode("utf-8", "backslashreplace"))
        else:
            line = self._taken()
            self._add(line, line.rest() + text)
        return len(text)

    def write_octets(self, octets):
        """Do the same with octets, which may end within a character."""
        if self._is_child():
            write_all(self._fd, octets)
        else:
            line = self._taken()
            self._add(line, line.text_of(octets, False))

    def write_record(self, name, level, text):
        """Log a record of ``logging`` as one (isthmus/logs.py)."""
        if self._is_child():
            self.write(text + "\n")
        else:
            self._log_record(name, level, text)

    def flush(self):
        """Log what this thread has written since its last line break."""
        self._finish(threading.get_ident())

    def finish(self):
        """Do so for all threads: the process is about to end."""
        for thread in list(self.unfinished):
            self._finish(thread)

    def close(self):
        """Do nothing: all code of the process shares it."""

    def _is_child(self):
        return os.getpid() != self._pid

    def _taken(self):
        return self.unfinished.pop(threading.get_ident(), None) or _Line()

    def _add(self, line, text):
        *ends, rest = text.split("\n")
        for end in ends:
            self._extend(line, end)
            self._record(line)
        if rest:
            self._extend(line, rest)
        if line.parts or line.incomplete:
            self.unfinished[threading.get_ident()] = line
            if not hasattr(self._threads, "end"):
                self._threads.end = _End(self.flush)

    def _extend(self, line, text):
        if line.size + len(text) > LONGEST:
            self._record(line)
        line.parts.append(text)
        line.size += len(text)

    def _record(self, line):
        text = line.taken()
        text = text[:-1] if text.endswith("\r") else text
        if text:
            self._log(self._name, self._level, text)

    def _finish(self, thread):
        line = self.unfinished.pop(thread, None)
        # In a child process, it is the parent's.
        if line is not None and not self._is_child():
            self._extend(line, line.rest())
            self._record(line)


class _Line:
    """What one thread has written since its last line break."""

    __slots__ = ("incomplete", "parts", "size")

    def __init__(self):
        self.incomplete = b""  # octets of a character
        self.parts = []
        self.size = 0

    def text_of(self, octets, is_end):
        """Return the text of these octets, after those that were incomplete."""
        octets = self.incomplete + octets
        text, used = codecs.utf_8_decode(octets, "backslashreplace", is_end)
        self.incomplete = octets[used:]
        return text

    def rest(self):
        """Return the incomplete octets as text, for nothing will complete them."""
        return self.text_of(b"", True) if self.incomplete else ""

    def taken(self):
        """Return the text, and forget it."""
        text = "".join(self.parts)
        self.parts = []
        self.size = 0
        return text


class _End:
    """Calls a function when the thread ends in whose threading.local it is."""

    def __init__(self, call):
        self._call = call

    def __del__(self):
        self._call()


class _Octets(io.BufferedIOBase):
    """The binary stream below a text stream: ``sys.stdout.buffer``."""

    mode = "wb"

    def __init__(self, text, name, fd):
        self._text = text
        self.name = name
        self._fd = fd

    @property
    def raw(self):
        """Return itself: nothing is kept for later."""
        return self

    def writable(self):
        return True

    def fileno(self):
        return self._fd

    def write(self, octets):
        octets = memoryview(octets).tobytes()
        self._text.write_octets(octets)
        return len(octets)

    def flush(self):
        self._text.flush()

    def close(self):
        pass

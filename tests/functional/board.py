"""What an app noted, and notes for it: the tests' side of apps/_board.py."""

import itertools
import re
import time
import uuid

TIMEOUT = 60.0
KEY = re.compile(r"\bkey=([0-9a-f]{16})\b")
# The container's own record of a response that was cut; the reason has the key.
CUT = "ResponseAborted: the response was aborted; the reason is logged before this"
_markers = itertools.count()


class Board:
    """The notes under one fresh key, in the web application of one entry."""

    def __init__(self, mount):
        self._app = mount("board")
        self.log = self._app.server.log
        self.key = uuid.uuid4().hex[:16]

    def query(self, case=""):
        """The query that hands the key to an app, and a case with it."""
        return "/?case=%s&key=%s" % (case, self.key)

    def notes(self):
        return self._app.get("/?key=" + self.key).json()

    def add(self, note):
        self._app.post("/?key=" + self.key, note.encode())

    def wait_for(self, note):
        """The notes once this one is among them."""
        deadline = time.monotonic() + TIMEOUT
        while note not in (notes := self.notes()):
            if time.monotonic() > deadline:
                raise AssertionError("no %r in %r" % (note, notes))
            time.sleep(0.02)
        return notes

    def wait_for_any(self):
        """The notes once there is one."""
        deadline = time.monotonic() + TIMEOUT
        while not (notes := self.notes()):
            assert time.monotonic() < deadline, "no note"
            time.sleep(0.02)
        return notes

    def records(self, mark, connection=None):
        """All log records since the mark, when everything until now is in the file.

        But for those of the requests of other boards, which may still have been under
        way, and the container's own of a cut response, which no key tells apart. On the
        connection of an earlier request it is sure that this one has ended.
        """
        marker = "marker-%s-%d" % (self.key, next(_markers))
        rest = "/?log=" + marker
        if connection is None:
            self._app.get(rest)
        else:
            connection.request("GET", self._app.prefix + rest)
            connection.receive()
        self.log.wait_for(marker, mark)
        return [r for r in self.log.records(mark) if self._is_own(r, marker)]

    def _is_own(self, record, marker):
        if marker in record.text or CUT in record.text:
            return False
        keys = KEY.findall(record.text)
        return not keys or self.key in keys

"""The container's side of a worker, in Python: a real process, by its real pipes."""

import marshal
import os
import select
import struct
import subprocess
import threading
from pathlib import Path

from isthmus_worker import frames

SOURCES = Path(frames.__file__).parent.parent
PATTERNS = {
    rule: rule + " %s" * count
    for rule, count in {
        "STATUS_TYPE": 1,
        "HEADERS_TYPE": 1,
        "HEADER_TYPE": 1,
        "EXC_INFO_TYPE": 1,
        "START_RESPONSE_ARGUMENTS": 1,
        "WRITE_ARGUMENTS": 1,
        "BLOCK_TYPE": 1,
        "START_RESPONSE_TWICE": 1,
        "INPUT_ENDED": 0,
        "RESPONSE_ENDED": 0,
        "QUESTION_TOO_LARGE": 2,
        "FORKED": 1,
    }.items()
}
# With their codes, which events are told.
PATTERNS["APPLICATION_RAISED"] = "APPLICATION_RAISED: raised%s"
PATTERNS["EVENT_FAILED"] = "EVENT_FAILED: %s"
PATTERNS["RESULT_NONE"] = "RESULT_NONE:"
PATTERNS["TASK_RAISED"] = "TASK_RAISED: %s"
PATTERNS["TASKS_CUT"] = "TASKS_CUT: %s %s"
ENVIRON = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "PATH_INFO": "/",
    "QUERY_STRING": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.url_scheme": "http",
}
LIMIT = 60.0


class Response:
    """What came of one request."""

    def __init__(self):
        self.kinds = []
        self.status = None
        self.headers = []
        self.length = None
        self.blocks = []
        self.flushes = []
        self.wants = []
        self.warnings = []
        self.checked = []
        self.files = []
        self.failure = None
        self.trouble = ""
        self.took = None

    @property
    def body(self):
        return b"".join(self.blocks)

    def head(self, octets):
        self.status, *rest = octets.decode("latin-1").split("\0")
        self.headers = list(zip(rest[::2], rest[1::2]))


class Worker:
    """A worker process and what it says."""

    def __init__(self, python, directory, web_inf, **options):
        self.directory = Path(directory)
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self.log = []
        self.events = {}
        self.raw = {}
        self._news = threading.Condition()
        self._count = 0
        self._opened = set()
        self._stopped = False
        self.process = subprocess.Popen(
            [python, "-s", str(SOURCES / "isthmus_worker" / "__main__.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        start = {
            "directory": str(self.directory),
            "web_inf": web_inf and str(web_inf),
            "class_path": [],
            "temporary": None,
            "parent": os.getpid(),
            "oom_score": 0,
            "rules": PATTERNS,
            "threads": 1,
            "slots": 2,
            "log_level": "INFO",
            "services": {},
            "terminal": None,
        }
        start.update(options)
        self._readers = [
            self.thread(self._listen),
            self.thread(self._read, self.process.stderr.fileno(), "stderr"),
        ]
        self.command(frames.START, start)
        hello = self.event(frames.HELLO)
        self.version = tuple(hello[0])
        self._queue = self.open("q")
        self._outputs = [self.open("o"), self.open("e")]
        for fd, name in zip(self._outputs, ("stdout", "stderr")):
            self._readers.append(self.thread(self._read, fd, name))
        self.slots = [Slot(self, number) for number in range(start["slots"])]

    @staticmethod
    def thread(target, *arguments):
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        thread.start()
        return thread

    def open(self, name):
        """Open a pipe for both directions, so that nobody waits."""
        fd = os.open(self.directory / name, os.O_RDWR)
        self._opened.add(fd)
        return fd

    def close(self, fd):
        """Close a pipe, if it is open."""
        if fd in self._opened:
            self._opened.remove(fd)
            os.close(fd)

    def command(self, kind, content):
        payload = marshal.dumps(content, 2)
        header = frames.HEADER.pack(8 + len(payload), 0, kind, 0)
        self.process.stdin.write(header + payload)
        self.process.stdin.flush()

    def _listen(self):
        events = frames.Frames(self.process.stdout.fileno())
        while True:
            frame = events.next()
            if frame is None:
                return
            content = marshal.loads(frame[3])
            with self._news:
                if frame[1] == frames.LOG:
                    self.log.append(content)
                else:
                    self.events.setdefault(frame[1], []).append(content)
                self._news.notify_all()

    def _read(self, fd, name):
        while True:
            octets = os.read(fd, 65536)
            if not octets or self._stopped:
                return
            with self._news:
                self.raw[name] = self.raw.get(name, b"") + octets
                self._news.notify_all()

    def wait(self, condition):
        """Return what a condition returns, as soon as that is true."""
        with self._news:
            assert self._news.wait_for(condition, LIMIT), (self.log, self.raw)
            return condition()

    def event(self, *kinds):
        """Return the content of the next event of these kinds."""

        def taken():
            return [kind for kind in kinds if self.events.get(kind)]

        kind = self.wait(taken)[0]
        with self._news:
            return self.events[kind].pop(0)

    def load(
        self,
        app,
        environ=None,
        path=(),
        preload=(),
        serial=False,
        events=None,
        drain=10.0,
    ):
        """Load an application; return the event that says what came of it."""
        index = self._count
        self._count += 1
        spec = {
            "app": app,
            "environ": environ or {},
            "path": list(path),
            "preload": list(preload),
            "serial": serial,
            "events": events or {},
            "tasks": {"threads": 2, "max_queue": 3, "drain": drain},
        }
        self.command(frames.LOAD, (index, spec))
        return self.event(frames.LOADED, frames.NOT_LOADED)

    def ask(self, what, argument=None):
        self.command(frames.QUERY, (7, what, argument))
        return self.event(frames.QUERY_REPLY)[1]

    def send(self, number, app=0, environ=None, length=0, bodiless=False, big=False):
        payload = frames.REQUEST_HEAD.pack(app, length)
        payload += marshal.dumps({**ENVIRON, **(environ or {})}, 2)
        flags = frames.BODILESS if bodiless else 0
        header = frames.HEADER.pack(8 + len(payload), number, frames.REQUEST, flags)
        if big:
            self.announce(number, flags)
            os.write(self.slots[number].data, header + payload)
        else:
            os.write(self._queue, header + payload)

    def announce(self, number, flags=0):
        """Say that a request is in the pipe for data."""
        header = frames.HEADER.pack(8, number, frames.BIG_REQUEST, flags)
        os.write(self._queue, header)

    def settle(self):
        """Wait for all that is logged by now: the answer comes after it."""
        self.ask("modules")

    def lines(self, name):
        return [text for logger, _, text, _ in self.log if logger == name]

    def stop(self):
        self.process.stdin.close()
        self.process.kill()
        self.process.wait(LIMIT)
        self._stopped = True
        for fd in self._outputs:
            os.write(fd, b"\n")  # wakes its reader, for which we hold it open ourselves
        for reader in self._readers:
            reader.join(LIMIT)
        for fd in list(self._opened):
            self.close(fd)
        self.process.stdout.close()
        self.process.stderr.close()


class Slot:
    """The container's end of a slot."""

    def __init__(self, worker, number):
        self.worker = worker
        self.number = number
        self.answers = worker.open("p%d" % number)
        self.data = worker.open("d%d" % number)
        self._frames = frames.Frames(self.answers)

    def close(self):
        self.worker.close(self.answers)
        self.worker.close(self.data)

    def next(self):
        """Return the next frame; fail if the worker ends instead.

        Its pipe would not: we hold it open ourselves.
        """
        ended = False
        while True:
            frame = self._frames.arrived()
            if frame:
                return frame[1:]
            assert not ended, (self.worker.log, self.worker.raw)
            ended = self.worker.process.poll() is not None
            if not ended:
                select.select([self.answers], [], [], 0.1)

    def request(self, app=0, environ=None, body=b"", **options):
        """Send a request, follow its response to the end."""
        chunked = options.pop("chunked", False)
        length = -1 if chunked else len(body)
        verdicts = options.pop("verdicts", {})
        takes_files = options.pop("takes_files", True)
        self.worker.send(self.number, app, environ, length, **options)
        response = Response()
        while True:
            kind, flags, payload = self.next()
            response.kinds.append(kind)
            if kind == frames.FULL:
                response.took, size = struct.unpack_from("!II", payload)
                response.head(payload[8 : 8 + size])
                response.blocks.append(payload[8 + size :])
                return response
            if kind == frames.HEAD:
                response.length = struct.unpack_from("!q", payload)[0]
                response.head(payload[8:])
            elif kind == frames.BODY:
                response.blocks.append(payload)
                response.flushes.append(flags)
            elif kind == frames.WANT:
                response.wants.append(flags)
                body = self._give(body, *struct.unpack("!q", payload), flags)
            elif kind == frames.CHECK:
                parts = marshal.loads(payload)
                response.checked.append(parts)
                broken = [verdicts[part] for part in parts if part in verdicts]
                verdict = "\0".join(broken[0]) if broken else ""
                self.answer(frames.VERDICT, verdict.encode())
            elif kind == frames.FILE:
                response.files.append(struct.unpack_from("!qI", payload))
                response.files.append(payload[12:])
                self.answer(frames.VERDICT, b"" if takes_files else b"NO\0no")
            elif kind == frames.WARN:
                response.warnings.append(payload.decode())
            elif kind == frames.END:
                response.took = frames.INT.unpack_from(payload)[0]
                response.trouble = payload[4:].decode()
                return response
            elif kind == frames.FAILED:
                response.took = frames.INT.unpack_from(payload)[0]
                response.failure = marshal.loads(payload[4:])
                response.trouble = response.failure[3]
                return response

    def _give(self, body, size, flags):
        """Answer WANT from a body, in parts as the container does."""
        size = len(body) if size < 0 else size or 1000
        wanted, rest = body[:size], body[size:]
        room = (frames.WIDE_PIPE if flags & frames.WIDE else frames.LARGEST_READ) - 8
        while True:
            part, wanted = wanted[:room], wanted[room:]
            last = 0 if wanted else frames.LAST
            at_end = frames.AT_END if last and not rest else 0
            self.answer(frames.DATA, part, last | at_end)
            if last:
                return rest

    def answer(self, kind, payload, flags=0):
        header = frames.HEADER.pack(8 + len(payload), self.number, kind, flags)
        frames.write_all(self.data, header + payload)

"""Passes each request to its application, and each response to its slot."""

import marshal
import mmap
import os
import sys
import threading
import time
import traceback

from isthmus.dispatches import Forward, Include
from isthmus.session import Session
from isthmus.user import User
from isthmus_worker import frames
from isthmus_worker.calls import Call
from isthmus_worker.chains import Chain
from isthmus_worker.crew import Crew
from isthmus_worker.events import Events, HeardCall
from isthmus_worker.files import FileWrapper
from isthmus_worker.heads import Heads
from isthmus_worker.inputs import Input
from isthmus_worker.records import cut
from isthmus_worker.services import Services
from isthmus_worker.slots import Slot
from isthmus_worker.surroundings import end_child

_CALLS = Call.run.__code__.co_filename


class Service:
    """The applications of a worker, and the slots that requests arrive through.

    :param directory: of the pipes.
    :param rules: the messages.
    :param threads: the max number of simultaneous requests.
    :param outputs: streams whose unfinished lines are logged when a request ends.
    :param dropped: called with the number of a slot that was given up, when its request
        has ended; and with its failure as in FAILED, or None.
    """

    def __init__(self, directory, rules, threads, outputs, dropped):
        self._dropped = dropped
        self._directory = directory
        self._rules = rules
        self._threads = threads
        self._outputs = outputs
        self._heads = Heads(rules)
        self._applications = {}
        self._tasks = []
        self._slots = {}
        self._queue = None
        self._opening = threading.Lock()
        self._begun = _shared(os.path.join(directory, "begun"), 1 << 16)

    def add(self, index, application, name, spec, log, tasks):
        """Register an application under a number.

        :param spec: ``environ``, which is the same for all requests and takes
            precedence; ``serial``, true if the container sends one request at a time;
            ``events``, names of functions.
        :param log: called with the text of an error.
        :param tasks: the application's, of ``isthmus.submit``.
        :raises LoadError: if there is no such function.
        """
        names = spec["events"]
        events = Events(name, names, self._rules, log) if names else None
        constant = {
            "wsgi.version": (1, 0),
            "wsgi.multithread": self._threads > 1 and not spec["serial"],
            "wsgi.run_once": False,
            "wsgi.input_terminated": True,
            "wsgi.errors": self._outputs[-1],
            "wsgi.file_wrapper": FileWrapper,
            "isthmus.submit": tasks.submit,
        }
        self._tasks.append(tasks)
        environ = {**constant, **spec["environ"]}
        self._applications[index] = application, environ, events
        if self._queue is None:
            self._queue = os.open(os.path.join(self._directory, "q"), os.O_RDONLY)
            requests = frames.Frames(self._queue)
            Crew(
                requests.next,
                self._serve,
                self._threads,
                self._send_kept,
                lambda: self._give_back(requests),
            ).start()

    def stopping(self):
        """Let tasks end; then tell the applications that the process is about to."""
        for tasks in self._tasks:
            tasks.submit.refuse()
        began = time.monotonic()
        for tasks in self._tasks:
            tasks.end(tasks.drain - (time.monotonic() - began))
        for _, _, events in list(self._applications.values()):
            if events is not None:
                events.stopping()

    def make_slot(self, number):
        """Create the pipes of a slot, which the container opens first."""
        self._begun[number] = 0  # another slot may have had this number
        for letter in "pd":
            os.mkfifo(os.path.join(self._directory, "%s%d" % (letter, number)), 0o600)

    def drop_slot(self, number):
        """Forget a slot that the container has closed."""
        slot = self._slots.get(number)
        if slot is not None and slot.drop():
            # Its request has ended just before.
            self._slots.pop(number, None)
            self._dropped(number, None)

    def forked(self):
        """Give up what is the container's and this process's, in a forked child.

        Return the descriptors that it must not keep open, once: if the child forks in
        turn, their numbers may be those of its own files.
        """
        self._begun.close()
        found = [] if self._queue is None else [self._queue]
        self._queue = None
        for slot in list(self._slots.values()):
            found.extend(slot.forked())
        return found

    def stack(self, number):
        """Return the stack of a slot's request, as in tracebacks, or ""."""
        slot = self._slots.get(number)
        frame = slot and sys._current_frames().get(slot.thread)
        if not frame:
            return ""
        stack = traceback.extract_stack(frame)
        # The outermost frames are those of the thread's start and of this package.
        ours = [entry.filename == _CALLS for entry in stack]
        first = ours.index(True) if True in ours else 0
        while first < len(stack) and ours[first]:
            first += 1
        return cut("".join(traceback.format_list(stack[first:])))

    def _serve(self, frame):
        """Answer one request.

        An exception here ends the process. It is a defect of this package, or the
        application has left no descriptor for a slot: another worker may have some.
        """
        number, kind, flags, payload = frame
        try:
            slot = self._slots.get(number) or self._slot(number)
            slot.begin_request()
            if kind == frames.BIG_REQUEST:
                payload = slot.request()
        except BrokenPipeError:
            self._gave_up(number)
            return
        index, length = frames.REQUEST_HEAD.unpack_from(payload)
        environ = marshal.loads(payload[frames.REQUEST_HEAD.size :])
        application, constant, events = self._applications[index]
        body = Input(slot, self._rules, not length)
        environ.update(constant)
        environ["wsgi.input"] = body
        services = Services(slot, body, self._rules)
        environ["isthmus.session"] = Session(services)
        environ["isthmus.user"] = User(services)
        environ["isthmus.forward"] = Forward(services)
        environ["isthmus.include"] = Include(services)
        if flags & frames.HAS_CHAIN:
            environ["isthmus.chain"] = Chain(slot, body, self._rules)
        bodiless = flags & frames.BODILESS
        if events is None:
            call = Call(slot, self._heads, self._rules, bodiless)
        else:
            call = HeardCall(events, slot, self._heads, self._rules, bodiless)
        call.run(application, environ)
        if slot.is_forked:
            end_child(self._rules.forked())
        body.end()
        self.flush_lines()
        if not slot.end_request():
            self._slots.pop(number, None)
            self._dropped(number, slot.unsaid())

    def _give_back(self, requests):
        """Return the requests that wait: no thread can begin with them soon."""
        while (frame := requests.arrived()) is not None:
            number, kind, _, _ = frame
            try:
                slot = self._slots.get(number) or self._slot(number)
                slot.give_back(kind == frames.BIG_REQUEST)
                is_usable = slot.end_request()
            except BrokenPipeError:
                is_usable = False
            if not is_usable:
                self._gave_up(number)

    def _gave_up(self, number):
        """Forget a slot that was given up while its request was in the queue."""
        slot = self._slots.pop(number, None)
        if slot is not None:
            slot.end_request()
        self._dropped(number, None)

    def flush_lines(self):
        """Log what this thread has written since its last line break."""
        for output in self._outputs:
            if output.unfinished:
                output.flush()

    def _send_kept(self):
        for slot in list(self._slots.values()):
            slot.send_kept()

    def _slot(self, number):
        with self._opening:
            slot = self._slots.get(number)
            if slot is None:
                slot = Slot(self._directory, number, self._begun, self._rules)
                self._slots[number] = slot
            return slot


def _shared(path, size):
    """Return memory that is a file's, which the container can read after our end."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        # Not sparse: a page that the disk has no room for would be SIGBUS, later.
        frames.write_all(fd, bytes(size))
        return mmap.mmap(fd, size)
    finally:
        os.close(fd)

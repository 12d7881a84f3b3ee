"""isthmus.events: an application's own functions, called when something happens."""

import os
import time

from isthmus import events
from isthmus_worker.calls import Call
from isthmus_worker.rules import Broken
from isthmus_worker.surroundings import end_child
from isthmus_worker.tracebacks import formatted, frames_of


class Events:
    """Calls each function with one dict.

    An exception of a function is logged only once, because it would recur with each
    request; it changes nothing else.

    :param app: the application's name.
    :param names: lists of ``package.module:callable``, by event.
    :param rules: the messages.
    :param log: called with the text of an error.
    :raises LoadError: if there is no such function.
    """

    def __init__(self, app, names, rules, log):
        self._app = app
        self._rules = rules
        self._log = log
        self._failed = set()
        self._pid = os.getpid()
        self._functions = {
            event: [(spec, events.find(event, spec)) for spec in specs]
            for event, specs in names.items()
        }
        self._require_worker()

    def started(self, environ):
        """The application is about to be called."""
        self._call_functions("request_started", environ=environ)

    def raised(self, environ, raised):
        """The application, its result or close() has raised an exception."""
        if "exception" in self._functions:
            code = self._rules.code("APPLICATION_RAISED")
            if issubclass(type(raised), Broken):
                code = self._rules.code(raised.rule)
                raised = self._rules.raised(raised.rule, *raised.values)
            info = type(raised), raised, frames_of(raised)
            self._call_functions("exception", environ=environ, exc_info=info, code=code)

    def finished(self, environ, status, octets, seconds, client_gone):
        """The request has ended, whatever the outcome."""
        self._call_functions(
            "request_finished",
            environ=environ,
            status=status,
            octets=octets,
            seconds=seconds,
            client_gone=client_gone,
        )

    def stopping(self):
        """The process is about to end."""
        self._call_functions("stopping")

    def _call_functions(self, event, **details):
        for spec, function in self._functions.get(event, ()):
            try:
                function({"event": event, "app": self._app, **details})
            except BaseException as e:
                if os.getpid() != self._pid:
                    end_child(e)
                if spec not in self._failed:
                    self._failed.add(spec)
                    message = self._rules.message("EVENT_FAILED", spec)
                    text = formatted(e)
                    self._log("%s (%s)\n%s" % (message, self._app, text))
            self._require_worker()

    def _require_worker(self):
        """End a process that was forked: to go on is for the worker alone."""
        if os.getpid() != self._pid:
            end_child(self._rules.forked())


class HeardCall(Call):
    """A call that is reported to the functions of isthmus.events.

    The last frame goes out after ``request_finished``: the client may count on it.
    """

    __slots__ = ("_environ", "_events")

    def __init__(self, events, wire, heads, rules, bodiless):
        super().__init__(_Counted(wire), heads, rules, bodiless)
        self._events = events

    def run(self, application, environ):
        """Call the application and the functions; nothing is raised."""
        began = time.perf_counter()
        wire = self._wire
        self._environ = environ
        self._events.started(environ)
        outcome = self._call(application, environ)
        if wire.is_forked:
            end_child(self._rules.forked())
        failure, last, _ = outcome
        if last is not None:
            wire.octets += last[1]
        if failure is not None and not self._head_out:
            status = 500
        elif self._head is None:
            status = 200  # of a response that a forward has yet to make
        else:
            status = int(self._head.octets[:3])
        seconds = time.perf_counter() - began
        self._events.finished(environ, status, wire.octets, seconds, wire.is_gone)
        self._end(wire, *outcome)

    def _raised(self, raised):
        is_of_client = issubclass(type(raised), OSError) and self._wire.is_gone
        if not is_of_client:
            self._events.raised(self._environ, raised)


class _Counted:
    """A wire that counts the octets of a body."""

    def __init__(self, wire):
        self._wire = wire
        self.octets = 0

    def __getattr__(self, name):
        return getattr(self._wire, name)

    def begin(self, head, length, block):
        self.octets += len(block)
        self._wire.begin(head, length, block)

    def whole(self, head, block):
        self.octets += len(block)
        self._wire.whole(head, block)

    def block(self, octets, flush):
        self.octets += len(octets)
        self._wire.block(octets, flush)

    def file(self, head, number, position, path):
        size = os.fstat(number).st_size
        accepted = self._wire.file(head, number, position, path)
        if accepted:
            self.octets += max(0, size - position)
        return accepted

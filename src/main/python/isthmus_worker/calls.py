"""One call of an application: the server's side of PEP 3333, for any transport.

The response goes to a *wire*, which has the methods below. Exactly one of the last
three is called to end the response, unless the client is gone (``is_gone``). Once the
request is to be forwarded (``is_forwarded``), no head is needed, and no block is sent.
A process that the application has forked (``is_forked``) ends with what it raises.

- ``check(parts)`` asks whether a head is well-formed; it returns True if a response of
  its status has no body.
- ``begin(head, length, block)`` sends the head and the first block; ``length`` is that
  of the whole body, or -1 if it is unknown.
- ``whole(head, block)`` sends the head and the only block, soon: the call may end at
  once, and then one message does for all.
- ``block(octets, flush)`` sends a further block.
- ``file(head, number, position, path)`` lets the container send a file; it returns
  False if the container cannot.
- ``warn(rule)`` reports a rule that was broken without consequences.
- ``full(head, blocks, length)`` sends a whole response.
- ``end(trouble)`` reports that everything was sent; ``trouble`` is the traceback of
  ``close()``, or empty.
- ``fail(rule, values, text, trouble)`` reports a failure.
"""

from isthmus_worker import files
from isthmus_worker.records import cut
from isthmus_worker.rules import Broken, shown
from isthmus_worker.surroundings import end_child
from isthmus_worker.tracebacks import formatted

_ABSENT = object()

# The names of the arguments of start_response: of PEP 3333, and of wsgiref.
_NAMES = ("status",), ("response_headers", "headers"), ("exc_info",)


class Call:
    """One request, from the call of the application to close() of its result.

    :param wire: where the response goes.
    :param heads: checks what start_response is given.
    :param rules: the messages.
    :param bodiless: True if the client wants no body (HEAD).
    """

    __slots__ = (
        "_bodiless",
        "_head",
        "_head_out",
        "_heads",
        "_is_head",
        "_rules",
        "_wire",
    )

    def __init__(self, wire, heads, rules, bodiless):
        self._wire = wire
        self._heads = heads
        self._rules = rules
        self._is_head = self._bodiless = bodiless
        self._head = None
        self._head_out = False

    def run(self, application, environ):
        """Call the application and send its response; raises nothing."""
        wire = self._wire
        self._end(wire, *self._call(application, environ))

    def _call(self, application, environ):
        """Call the application, and send all but the end of its response.

        Return the failure, what remains to be sent, and the traceback of close().
        """
        result = failure = last = None
        trouble = ""
        try:
            result = application(environ, self.start_response)
            if type(result) is list or type(result) is tuple:
                last = self._send_all(result)
            else:
                last = self._respond(result)
        # SystemExit and KeyboardInterrupt too: they must not end other requests.
        except BaseException as raised:
            if self._wire.is_forked:
                end_child(raised)
            self._raised(raised)
            # What follows from a client that has gone away is no failure.
            if not (self._wire.is_gone and issubclass(type(raised), OSError)):
                failure = _told(raised)
        if result is not None and type(result) is not list:
            trouble = self._close(result)
        return failure, last, trouble

    def _end(self, wire, failure, last, trouble):
        """Send the end of a response."""
        self._wire = None  # not ours any more: the next request will use it
        try:
            if failure is not None:
                wire.fail(*failure, trouble)
            elif last is None or self._head is None:
                wire.end(trouble)
            elif trouble:
                wire.begin(self._head.octets, 0, b"")
                wire.end(trouble)
            else:
                wire.full(self._head.octets, *last)
        except OSError:
            if not wire.is_gone:
                raise

    def start_response(
        self, status=_ABSENT, headers=_ABSENT, exc_info=_ABSENT, /, *more, **named
    ):
        """Keep a head until it is sent (PEP 3333, "The start_response() Callable")."""
        if named or more or headers is _ABSENT:
            given = self._arguments((status, headers, exc_info), more, named)
            status, headers, exc_info = given
        if exc_info is _ABSENT:
            exc_info = None
        if exc_info is not None:
            self._replace(exc_info)
        elif self._head is not None:
            raise self._rules.raised("START_RESPONSE_TWICE", shown(status))
        if self._wire is None:
            raise self._rules.raised("RESPONSE_ENDED")
        self._head = self._heads.checked(status, headers, self._wire)
        self._bodiless = self._is_head or self._head.is_bodiless
        return self.write

    def _arguments(self, given, more, named):
        """Return the three arguments; some have names, or are not there."""
        left = dict(named)
        found = [
            value if value is not _ABSENT else _named(left, names)
            for value, names in zip(given, _NAMES)
        ]
        if more or left or _ABSENT in found[:2]:
            count = sum(value is not _ABSENT for value in given) + len(more)
            text = "%d arguments and the keywords %s"
            text %= (count, ", ".join(sorted(named)) or "(none)")
            raise self._rules.raised("START_RESPONSE_ARGUMENTS", text)
        return found

    def _replace(self, exc_info):
        """Raise the application's own exception again if the head is out."""
        if not isinstance(exc_info, tuple) or len(exc_info) != 3:
            raise self._rules.raised("EXC_INFO_TYPE", shown(exc_info))
        if self._head_out or (self._wire is None and self._head is not None):
            try:
                raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None  # or the frame and it would form a reference cycle

    def write(self, data=_ABSENT, *more):
        """Send a block at once (PEP 3333, "The write() Callable")."""
        if data is _ABSENT or more:
            count = 0 if data is _ABSENT else 1 + len(more)
            raise self._rules.raised("WRITE_ARGUMENTS", "%d arguments" % count)
        if not isinstance(data, bytes):
            raise self._rules.raised("BLOCK_TYPE", shown(data))
        if self._wire is None:
            raise self._rules.raised("RESPONSE_ENDED")
        if data and not self._wire.is_forwarded:
            self._send(data)

    def _send(self, block):
        if not self._head_out:
            self._head_out = True
            self._wire.begin(self._head.octets, -1, block)
        elif not self._bodiless:
            self._wire.block(block, True)

    def _respond(self, result):
        """Send what an application has returned.

        Return None, or what remains to be sent at the end: the blocks and their length.
        """
        if isinstance(result, files.FileWrapper) and not self._wire.is_forwarded:
            return self._send_file(result)
        if result is None:
            raise Broken("RESULT_NONE")
        if isinstance(result, bytes):
            self._wire.warn("RESULT_STR")
            return self._send_all([result])
        if isinstance(result, str):
            raise Broken("RESULT_UNICODE", shown(result))
        return self._send_lazily(result)

    def _send_all(self, blocks):
        """Send a list or tuple at once: all blocks exist, and there is no close().

        A subclass of list may iterate in its own way, so it does not come here.
        """
        length = 0
        for block in blocks:
            if not isinstance(block, bytes):
                raise Broken("BLOCK_TYPE", shown(block))
            length += len(block)
        self._require_started()
        if self._wire.is_forwarded:
            return (), 0
        if not self._head_out:
            return blocks, length
        for block in blocks:
            if block:
                self._wire.block(block, False)
        return None

    def _send_file(self, wrapper):
        self._require_started()
        place = None if self._head_out else files.place(wrapper.filelike)
        if place is None or not self._wire.file(self._head.octets, *place):
            return self._send_lazily(wrapper)
        self._head_out = True
        return None

    def _send_lazily(self, result):
        """Send each block before the next one is asked for.

        PEP 3333, "Buffering and Streaming". If no body has to be sent, the iteration
        stops after the first non-empty block, when the head is known.
        """
        single = hasattr(result, "__len__") and len(result) == 1
        for block in _blocks(result):
            if not isinstance(block, bytes):
                raise Broken("BLOCK_TYPE", shown(block))
            if self._wire.is_forwarded:
                break
            if not block:
                continue
            self._require_started()
            # PEP 3333 has no more blocks after this one.
            if (single or len(block) == self._head.length) and not self._head_out:
                self._head_out = True
                self._wire.whole(self._head.octets, block)
            else:
                self._send(block)
            if self._bodiless:
                break
        self._require_started()
        return None if self._head_out else ((), 0)

    def _require_started(self):
        if self._head is None and not self._wire.is_forwarded:
            raise Broken("START_RESPONSE_MISSING")

    def _close(self, result):
        """Call close(), and return its traceback if it raises, else ""."""
        try:
            close = getattr(result, "close", None)
            if close is not None:
                close()
        except BaseException as raised:
            if self._wire.is_forked:
                end_child(raised)
            self._raised(raised)
            if self._wire.is_gone and issubclass(type(raised), OSError):
                return ""
            return _traceback(raised)
        return ""

    def _raised(self, raised):
        """Do nothing: see events.py."""


def _blocks(result):
    kind = type(result)
    method = getattr(kind, "__iter__", None)
    if method is None:
        if not hasattr(kind, "__getitem__"):
            raise Broken("RESULT_NOT_ITERABLE", shown(result))
        return iter(result)
    # Not in a try block: a TypeError from here on is the application's own.
    blocks = method(result)
    if not hasattr(type(blocks), "__next__"):
        raise Broken("RESULT_NOT_ITERABLE", shown(result))
    return blocks


def _named(arguments, names):
    for name in names:
        if name in arguments:
            return arguments.pop(name)
    return _ABSENT


def _told(raised):
    """Return rule, values and traceback of an exception; the rule may be ""."""
    if issubclass(type(raised), Broken):
        return raised.rule, raised.values, ""
    return "", (), _traceback(raised)


def _traceback(raised):
    return cut(formatted(raised, _traceback.__code__.co_filename))

"""Calls of the container's services, such as ``isthmus.session``, over a wire."""

import marshal
import threading

from isthmus.datetimes import made
from isthmus_worker.plain import Refused, plain
from isthmus_worker.rules import shown


class Services:
    """Calls a service by its name and arguments; what it returns is theirs.

    Threads: the request's alone, as the wire has one question at a time.

    :param wire: asks the container.
    :param body: the request's ``wsgi.input``, which is closed when the request ends.
    :param rules: the messages.
    """

    __slots__ = ("_body", "_rules", "_wire")

    def __init__(self, wire, body, rules):
        self._wire = wire
        self._body = body
        self._rules = rules

    def __call__(self, name, *arguments):
        if self._body.closed:
            raise self._rules.raised("SERVICE_ENDED")
        if self._wire.thread != threading.get_ident():
            raise self._rules.raised("SERVICE_THREAD")
        what = "What is passed to isthmus." + name
        if name == "session.set":
            arguments = self._checked(*arguments)
            what = _session_place(arguments[0])
        elif name.startswith("dispatch."):
            arguments = self._dispatched(*arguments)
        else:
            # marshal takes no subclass of str, such as enum.StrEnum.
            arguments = [str.__str__(a) if isinstance(a, str) else a for a in arguments]
        found = _python(marshal.loads(self._wire.call([name, *arguments], what)))
        if name == "dispatch.forward":
            self._wire.is_forwarded = True
        return found

    def _checked(self, key, value):
        """Return what a session takes."""
        if not isinstance(key, str):
            raise self._rules.raised("SESSION_KEY", shown(key))
        place = _session_place(key)
        return self._plain(key, place), self._plain(value, place)

    def _dispatched(self, path, attributes):
        """Return what a forward or include takes."""
        names = self._plain(dict.fromkeys(attributes), "attributes")
        values = {
            name: self._plain(value, "attributes[%s]" % _quoted(name))
            for name, value in zip(names, attributes.values())
        }
        return self._plain(path, "path"), values

    def _plain(self, value, place):
        try:
            return plain(value)
        except Refused as e:
            where = place if e.depth == 0 else "a value in " + place
            what = "of type " + e.args[0]
            raise self._rules.raised("SESSION_VALUE", where, what) from None


def _session_place(key):
    return "session[%s]" % _quoted(key)


def _quoted(key):
    escaped = "".join(c if c.isprintable() else repr(c)[1:-1] for c in key[:200])
    return "'%s%s'" % (escaped, "…" if len(key) > 200 else "")


def _python(value):
    """Return the value of what marshal has, where a datetime is {None: its numbers}."""
    if type(value) is list:
        return [_python(each) for each in value]
    if type(value) is dict:
        if None in value:
            return made(value[None])
        return {key: _python(each) for key, each in value.items()}
    return value

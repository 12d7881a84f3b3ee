# -*- coding: utf-8 -*-
"""Raises what ?case= names, at the place that ?at= names.

`call` is after start_response, `written` after write(), which sends the head; `next` is
the first step of the iteration, `later` the second one, when the head is out.
"""

import os
import sys

import _board


class Own(Exception):
    pass


class OldStyle:
    pass


class Unprintable(Exception):
    def __str__(self):
        raise ValueError("secret: no text")

    __repr__ = __str__


def own():
    raise Own("secret")


def own_type_error():
    return len(5)


def own_attribute_error():
    return sys.no_such_attribute


def stop_iteration():
    raise StopIteration("secret")


def system_exit():
    sys.exit(3)


def system_exit_text():
    sys.exit("secret")


def exit_of_os():
    os._exit(3)


def exit_of_platform():
    __import__(os._name)._exit(3)


def keyboard_interrupt():
    raise KeyboardInterrupt


def generator_exit():
    raise GeneratorExit


def old_style():
    raise OldStyle()


def string():
    raise "secret"  # noqa: B016, a TypeError since Python 2.6


def unprintable():
    raise Unprintable()


def recursion():
    return recursion()


def memory_error():
    raise MemoryError("secret")


def java_exception():
    from java.lang import IllegalStateException

    raise IllegalStateException("secret of Java")


def java_checked_exception():
    from java.io import IOException

    raise IOException("secret of Java")


def java_method():
    from java.lang import Integer

    return Integer.parseInt("secret")


def java_memory():
    from java.lang import OutOfMemoryError

    raise OutOfMemoryError("secret of Java")


def java_linkage():
    from java.lang import NoClassDefFoundError

    raise NoClassDefFoundError("secret of Java")


def text_of_octets():
    raise Own("secret octets: " + "Grüße, 日本")


def text_of_unicode():
    raise Own(u"secret text: Gr\xfc\xdfe, \u65e5\u672c")


def forged_line():
    raise Own("secret\n22-Nov-2026 15:40:37.246 SEVERE [x] a.b forged\r\x1b[31mforged")


def application(environ, start_response):
    query = _board.query(environ)
    raising, at = globals()[query["case"]], query["at"]
    headers = [("Content-Type", "text/plain"), ("X-App", "failed")]
    if "length" in query:
        headers.append(("Content-Length", query["length"]))
    write = start_response("200 OK", headers)
    if at == "written":
        write(b"begun")
    if at in ("call", "written"):
        raising()
    return _blocks(raising, at)


def _blocks(raising, at):
    yield b""
    if at == "later":
        yield b"begun"
    raising()
    yield b"never sent"

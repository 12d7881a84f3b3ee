# -*- coding: utf-8 -*-
"""Writes to the log in every way that Python has; ?case= names the way.

Each text has the key of the request in it, by which the test finds its records.
"""

import logging
import sys
import threading
import traceback
import warnings

import _board

LOG = logging.getLogger("functional.shop")


class Unformattable(object):
    def __str__(self):
        raise ValueError("no text")

    __repr__ = __str__


def printed(key, errors):
    print("one " + key)
    print("two " + key)


def print_statement(key, errors):
    # The statement of Python 2 keeps a blank for later, and so does this line.
    code = compile("print 'one',\nprint 2,\nprint %r" % key, "print", "exec")
    exec(code)


def standard_error(key, errors):
    sys.stderr.write("one %s\n" % key)


def errors_written(key, errors):
    errors.write("one %s\ntwo %s\n" % (key, key))


def errors_writelines(key, errors):
    errors.writelines(["one %s\n" % key, "tw", "o %s\n" % key])


def errors_in_parts(key, errors):
    for part in ("o", "ne", " ", key, "\n"):
        errors.write(part)


def errors_flushed(key, errors):
    errors.write("one " + key)
    errors.flush()
    _board.note(key, "flushed")
    _board.wait(key, "seen")
    errors.write("two " + key)
    errors.flush()


def without_newline(key, errors):
    errors.write("one " + key)
    sys.stdout.write("two " + key)
    sys.stderr.write("three " + key)


def empty_lines(key, errors):
    errors.write("\n\none %s\n\n" % key)


def print_exc(key, errors):
    try:
        raise ValueError("one " + key)
    except ValueError:
        traceback.print_exc(file=errors)


def warned(key, errors):
    warnings.warn("one " + key, stacklevel=1)


def interleaved(key, errors):
    """Two threads write their lines in turns, a part at a time."""

    def write(mine, other):
        for number, part in enumerate(["line ", "of ", mine, " ", key]):
            errors.write(part)
            sys.stdout.write(part)
            _board.note(key, "%s%d" % (mine, number))
            _board.wait(key, "%s%d" % (other, number))
        errors.write("\n")
        sys.stdout.write("\n")

    threads = [
        threading.Thread(target=write, args=pair) for pair in ("ab", "ba")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def text_octets(key, errors):
    errors.write("Grüße, 日本 " + key + "\n")


def text_unicode(key, errors):
    errors.write(u"Gr\xfc\xdfe, \u65e5\u672c " + key + "\n")


def text_latin1(key, errors):
    errors.write("Gr\xfc\xdfe " + key + "\n")


def text_astral(key, errors):
    errors.write(u"\U0001f40d " + key + "\n")


def text_printed(key, errors):
    print("Grüße, 日本 " + key)


def text_logged(key, errors):
    LOG.warning("Grüße, 日本 " + key)


def text_logged_unicode(key, errors):
    LOG.warning(u"Gr\xfc\xdfe, \u65e5\u672c " + key)


HOSTILE = "one\x1b[31m\x07\x00\r\x7f\x85two "


def controls_written(key, errors):
    errors.write(HOSTILE + key + "\n")


def controls_printed(key, errors):
    print(HOSTILE + key)


def controls_logged(key, errors):
    LOG.warning("%s", HOSTILE + key)


def controls_unicode(key, errors):
    LOG.warning(u"one\x1b\x85\u2028\u2029\u202etwo " + key)


def forged_written(key, errors):
    errors.write("one %s\n%s\n" % (key, _forged(key)))


def forged_logged(key, errors):
    LOG.warning("user %s", "one %s\n%s" % (key, _forged(key)))


def _forged(key):
    return "22-Nov-2026 15:40:37.246 SEVERE [x] a.b forged " + key


def logged_levels(key, errors):
    LOG.debug("debug " + key)
    LOG.info("info %s", key)
    LOG.warning("warning " + key)
    LOG.error("error " + key)
    LOG.critical("critical " + key)
    LOG.log(25, "twenty-five " + key)


def logged_below_the_level(key, errors):
    logging.getLogger("functional.quiet").debug("one " + key)
    LOG.info("two " + key)


def logged_by_root(key, errors):
    logging.warning("one " + key)


def logged_exception(key, errors):
    try:
        raise ValueError("Grüße")
    except ValueError:
        LOG.exception("one " + key)


def logged_java_exception(key, errors):
    from java.lang import IllegalStateException

    try:
        raise IllegalStateException("of Java")
    except IllegalStateException:
        LOG.exception("one " + key)


def logged_malformed(key, errors):
    LOG.warning("one " + key + " %s %s", 1)


def logged_unformattable(key, errors):
    LOG.warning("one " + key + " %s", Unformattable())


def handler_on_errors(key, errors):
    logger = logging.getLogger("functional.own_handler")
    logger.propagate = False
    handler = logging.StreamHandler(errors)
    handler.setFormatter(logging.Formatter("%(levelname)s:%(message)s"))
    logger.addHandler(handler)
    try:
        logger.error("one " + key)
    finally:
        logger.removeHandler(handler)


def handler_added(key, errors):
    """At a logger that propagates, at the root, and where it is the only one."""
    for name, text in (("functional.shop", "one "), (None, "two ")):
        logger = logging.getLogger(name)
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        logger.addHandler(handler)
        try:
            LOG.info(text + key)
        finally:
            logger.removeHandler(handler)


def handlers_removed(key, errors):
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    for handler in handlers:
        root.removeHandler(handler)
    try:
        logging.basicConfig(format="%(levelname)s:%(message)s")
        LOG.info("one " + key)
        try:
            raise ValueError("two")
        except ValueError:
            LOG.exception("of " + key)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def logger_beyond_ascii(key, errors):
    logging.getLogger(u"na\xefve").warning("one " + key)
    logging.getLogger("na\xc3\xafve").warning("two " + key)


def application(environ, start_response):
    query = _board.query(environ)
    globals()[query["case"]](query["key"], environ["wsgi.errors"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"logged"]

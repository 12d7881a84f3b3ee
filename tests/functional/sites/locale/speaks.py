"""Answers with what depends on a locale in a careless Python."""

import datetime
import email.utils
import hashlib
import locale
import os
import string
import time

AT = 1709606400  # 5 March 2024, a Tuesday, 02:40 GMT


def _error():
    try:
        "abc\xff".decode("ascii")
    except UnicodeDecodeError as e:
        return str(e)


def _message(function, *arguments):
    try:
        function(*arguments)
    except (TypeError, ValueError) as e:
        return str(e)


def _found(environ):
    at = time.gmtime(AT)
    noon = (2024, 3, 5, 0, 0, 0, 1, 65, 0)
    return {
        "strftime": time.strftime("%a, %d %b %Y 12:00:00 %p %A %B", noon),
        "datetime": datetime.datetime(2024, 3, 5).strftime("%a %b %d"),
        "strptime": time.strptime("Tue 05 Mar 2024", "%a %d %b %Y")[:3],
        "asctime": time.asctime(at),
        "ctime": len(time.ctime(AT)),
        "formatdate": email.utils.formatdate(AT, usegmt=True),
        "parsedate": email.utils.parsedate("Tue, 05 Mar 2024 02:40:00 GMT")[:3],
        "lower": (
            "TITLE".lower(),
            u"TITLE".lower(),
            u"title".upper(),
            u"Title".upper(),
        ),
        "codecs": ["x".decode(n) for n in ("ASCII", "ISO-8859-1", "LATIN-1")],
        "numbers": (
            "%.2f" % 1234.5,
            hex(255),
            "%X" % 255,
            "{:,}".format(1234567),
            float("INF"),
        ),
        "header": environ.get("HTTP_X_TITLE_ID"),
        "locale": (locale.getlocale(), locale.localeconv()["decimal_point"]),
        "hashes": len(hashlib.new("SHA1", b"x").hexdigest()),
        "error": _error(),
        "messages": (
            _message(_error, 1, 2),
            _message(len, 1, 2),
            _message("-".join, ["a", 12]),
            _message(bytearray.fromhex, "0g"),
        ),
        "shown": set(repr(object())) <= set(string.printable),
        # By native code, in a library whose name has a number.
        "process": os.path.exists("/proc/%d/fd" % os.getpid()),
    }


def application(environ, start_response):
    if environ["PATH_INFO"] == "/raise":
        raise ValueError("asked to")
    found = _found(environ)
    start_response("200 OK", [("Content-Type", "text/plain")])
    # A float that is infinite has no literal.
    return [repr(found).replace("inf)", "1e999)").encode("ascii")]

"""C extensions, which Jython cannot load: their files, their names, alternatives."""

from __future__ import absolute_import

import os
import re
import sys

from isthmus import absent, paths

_SUFFIX = r"(?:module)?(?:\.[\w-]+)?\.(?:so|pyd|dll|dylib)$"
_JDBC = "a JDBC driver, by way of com.ziclix.python.sql.zxJDBC,"
_JAVA_THREADS = "threading, or java.util.concurrent,"
_CRYPTO = "java.security and javax.crypto"
_GREENLETS = "threads: each request has one of its own"
_OF_CPYTHON = "what the module around it falls back to, or its counterpart in Java,"

# Alternatives with the same purpose, for modules and libraries, by their first name.
KNOWN = {
    "Crypto": _CRYPTO,
    "Cryptodome": _CRYPTO,
    "MySQLdb": _JDBC,
    "OpenSSL": "ssl, or javax.net.ssl,",
    "PIL": "javax.imageio and java.awt.image",
    "Tkinter": "javax.swing",
    "_mysql": _JDBC,
    "_symtable": "ast",
    "_tkinter": "javax.swing",
    "_warnings": "warnings (or isthmus.compat, to import it)",
    "apsw": _JDBC,
    "bcrypt": "a library in Java, or hashlib.pbkdf2_hmac,",
    "bsddb": "a database by JDBC",
    "cProfile": "profile",
    "cairo": "java.awt",
    "cffi": "a library in Java",
    "cryptography": _CRYPTO,
    "curses": "a library in Java",
    "cx_Oracle": _JDBC,
    "dbm": "anydbm (which has dumbdbm here), or a database by JDBC,",
    "eventlet": _GREENLETS,
    "fcntl": "java.nio.channels.FileChannel.lock (or isthmus.compat, to import it)",
    "gdbm": "anydbm (which has dumbdbm here), or a database by JDBC,",
    "gevent": _GREENLETS,
    "greenlet": _GREENLETS,
    "h5py": "a library in Java",
    "hotshot": "profile",
    "lxml": "xml.etree.ElementTree, or javax.xml,",
    "matplotlib": "a library in Java",
    "mmap": "java.nio.channels.FileChannel.map (or isthmus.compat, to import it)",
    "multiprocessing": _JAVA_THREADS,
    "numpy": "the module array, or a library in Java,",
    "pandas": "a library in Java",
    "psycopg2": _JDBC,
    "pycurl": "urllib2, or java.net,",
    "pymssql": _JDBC,
    "pyodbc": _JDBC,
    "resource": "java.lang.management",
    "scipy": "a library in Java",
    "sklearn": "a library in Java",
    "sqlite3": _JDBC,
    "symtable": "ast",
    "syslog": "logging.handlers.SysLogHandler",
    "termios": "a library in Java",
    "ujson": "json",
    "uwsgi": "what Isthmus and the container have for it",
    "zmq": "a library in Java",
}

_PRIVATE = frozenset(
    "_bisect _bsddb _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr"
    " _codecs_tw _ctypes _curses _curses_panel _elementtree _heapq _hotshot _locale"
    " _lsprof _md5 _multibytecodec _multiprocessing _sha _sha256 _sha512 _sqlite3 _ssl"
    " _struct _testcapi audioop cjk imageop linuxaudiodev nis ossaudiodev parser spwd"
    " strop".split()
)
# Modules of CPython's standard library whose import fails on Jython, with the error it
# raises there; except those that isthmus.compat lends. Some are in Python: pty needs
# termios.
LACKING = (_PRIVATE - {"_locale", "cjk"}) | frozenset(
    "Tkinter _symtable _tkinter bsddb cProfile curses dbhash dbm gdbm hotshot"
    " modulefinder multiprocessing pty resource sqlite3 statvfs symtable syslog termios"
    " tty turtle wave".split()
)
# What isthmus.compat lends, and from which of its modules.
LENT = {"_warnings": "warnings", "fcntl": "fcntl", "mmap": "mmap"}


def instead(name):
    """Return an alternative to a module known to be a C extension, or None."""
    top = name.split(".")[0]
    return _OF_CPYTHON if top in _PRIVATE else KNOWN.get(top)


def file(name, beside):
    """Return the file of a C extension, or None if there is none.

    :param name: the module, which may be in a package.
    :param beside: the directory of the source that imports it: Python 2 looks there
        first.
    """
    parts = name.split(".")
    for base in paths.entries([beside] + sys.path):
        for i in range(len(parts)):
            directory = os.path.join(base, *parts[:i])
            pattern = re.compile(re.escape(parts[i]) + _SUFFIX)
            for entry in absent.entries(directory):
                if pattern.match(entry):
                    return os.path.join(directory, entry)
    return None

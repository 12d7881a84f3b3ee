"""Constructs, modules and names of Python 3 that 2.7, and so Jython, lacks."""

from __future__ import absolute_import

import re

_STRING = re.compile(
    r"""([A-Za-z]*)(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
)
# The first pattern that matches a line with a SyntaxError names the construct. Strings
# in the line have been emptied and comments removed.
_CONSTRUCTS = [
    (r"\b([fF][rR]?|[rR][fF])['\"]", "an f-string"),
    (r"\b[rR][bB]['\"]", "a literal rb''"),
    (r"\b[tT]['\"]", "a template string"),
    (r":=", "an assignment expression (:=)"),
    (r"\basync\s+(def|for|with)\b|\bawait\s+[\w(\[]", "async or await"),
    (r"^nonlocal\s+\w", "nonlocal"),
    (r"^raise\b.+\bfrom\b", "raise ... from"),
    (r"\byield\s+from\b", "yield from"),
    (r"\)\s*->", "an annotation"),
    (r"^def\b.*[(,]\s*\*{0,2}\w+\s*:\s*[\w'\"(\[]", "an annotation"),
    (r"^(def\b|.*\blambda\b).*\*\s*,", "keyword-only arguments"),
    (r"^(def\b|.*\blambda\b).*[(,\s]\*\w+\s*(:[^,]*)?,\s*\w", "keyword-only arguments"),
    (r"^(def\b|.*\blambda\b).*,\s*/\s*[,):]", "positional-only arguments"),
    (r"\bprint\s*\(.*\b(file|end|sep|flush)\s*=", "print as a function"),
    (r"\bprint\s*\(\s*\*", "print as a function"),
    (r"^class\b.*[(,]\s*\w+\s*=", "a keyword in a class statement (metaclass=)"),
    (r"^except\s*\*", "except*"),
    (r"^(match|case)\b.*:$", "a match statement"),
    (r"^type\s+\w+.*=", "a type statement"),
    (r"^with\s*\(.*\bas\b", "parentheses around what with opens"),
    (r"\*\w+\s*,\s*\)", "a comma after the last *argument"),
    (r"\b\d+_\d", "an underscore in a number"),
    (r"^([^(\[{=]*,)?\s*\*\w+\s*(,[^(\[{]*)?=(?!=)", "unpacking with *"),
    (r"(?<![\w)\]])[\[({]\s*\*{1,2}\s*\w", "unpacking with *"),
    (r"\[[^\[\]()]*,\s*\*\w|[{][^{}()]*,\s*\*{1,2}\w", "unpacking with *"),
    (r"[\w)\]]\s*@\s*[\w(]", "the operator @"),
    (r"(?<![\w\])\[,])\s*\.\.\.", "... as an expression"),
]
_CONSTRUCTS = [(re.compile(pattern), name) for pattern, name in _CONSTRUCTS]
# Otherwise Jython's message may name it, if the line matches too: a line inside
# parentheses that an earlier line has opened may look like anything.
_MESSAGES = [
    ("no encoding declared", "", "text beyond ASCII without a line '# coding: utf-8'"),
    ("'return' with argument inside", "", "return with a value in a generator"),
    (r"at character '[^\x00-\x7f]", "", "a name beyond ASCII"),
    (r"'=' expecting RPAREN", r"\b(file|end|sep|flush)\s*=", "print as a function"),
    (r"':' expecting (RPAREN|NEWLINE)", r"^[*\w.]+\s*:\s*[\w'\"]", "an annotation"),
]

# Jython's regular expressions recurse for each character of a string. To recognize a
# construct, this much of a line is enough.
_LONGEST = 400

_NONE = "Python 2.7 has nothing of the kind."
_BY_PIP = "For Python 2.7 put the distribution %s into WEB-INF/lib-python."

_MODULES = {
    "_thread": "thread",
    "builtins": "__builtin__",
    "collections.abc": "collections",
    "configparser": "ConfigParser",
    "copyreg": "copy_reg",
    "dbm.dumb": "dumbdbm",
    "email.policy": "email",
    "html": "cgi.escape, or HTMLParser",
    "html.entities": "htmlentitydefs",
    "html.parser": "HTMLParser",
    "http": "httplib",
    "http.client": "httplib",
    "http.cookiejar": "cookielib",
    "http.cookies": "Cookie",
    "http.server": "BaseHTTPServer",
    "importlib.abc": "imp and pkgutil",
    "importlib.machinery": "imp and pkgutil",
    "importlib.util": "imp and pkgutil",
    "itertools.zip_longest": "itertools.izip_longest",
    "queue": "Queue",
    "reprlib": "repr",
    "secrets": "os.urandom",
    "socketserver": "SocketServer",
    "time.monotonic": "java.lang.System.nanoTime",
    "tkinter": "javax.swing",
    "urllib.error": "urllib2",
    "urllib.parse": "urllib and urlparse",
    "urllib.request": "urllib2",
    "urllib.robotparser": "robotparser",
    "xmlrpc.client": "xmlrpclib",
    "xmlrpc.server": "SimpleXMLRPCServer",
}
_BACKPORTS = {
    "concurrent.futures": "futures",
    "contextlib.ExitStack": "contextlib2",
    "contextlib.suppress": "contextlib2",
    "enum": "enum34",
    "functools.lru_cache": "backports.functools_lru_cache",
    "functools.singledispatch": "singledispatch",
    "importlib.metadata": "importlib-metadata",
    "importlib.resources": "importlib-resources",
    "inspect.signature": "funcsigs",
    "ipaddress": "ipaddress",
    "pathlib": "pathlib2",
    "selectors": "selectors2",
    "shutil.which": "backports.shutil_which",
    "statistics": "statistics",
    "typing": "typing",
    "unittest.mock": "mock",
}
_WITHOUT = frozenset(
    "asyncio contextvars dataclasses faulthandler graphlib lzma tomllib tracemalloc"
    " venv zoneinfo".split()
)


def construct(line, message=""):
    """Return the Python 3 construct in a line that is a SyntaxError in 2.7, or None.

    :param message: Jython's message.
    """
    bare = _STRING.sub(r"\1''", line[:_LONGEST]).split("#")[0].strip()
    for pattern, name in _CONSTRUCTS:
        if pattern.search(bare):
            return name
    for reported, looks, name in _MESSAGES:
        if re.search(reported, message) and re.search(looks, bare):
            return name
    return None


def instead(name):
    """Return the 2.7 equivalent of a module, or a name of one, in Python 3; or None."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        known = ".".join(parts[:length])
        if known in _MODULES:
            return "In Python 2.7 it is %s." % _MODULES[known]
        if known in _BACKPORTS:
            return _BY_PIP % _BACKPORTS[known]
        if known in _WITHOUT:
            return _NONE
    return None

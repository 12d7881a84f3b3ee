"""Whether `warnings.warn` gets what Jython's Java code warns of: ?case= says which."""

import warnings

import _board
from org.python.core import Py

TEXTS = {
    "overflow": "PyTableCode.call caught a Throwable that is not an Exception:\n"
    "java.lang.StackOverflowError\nJython internals might be in a bad state now.",
    "linkage": "PyTableCode.call caught a Throwable that is not an Exception:\n"
    "java.lang.LinkageError\nJython internals might be in a bad state now.",
    "other": "classic int division",
}


def application(environ, start_response):
    text = TEXTS[_board.query(environ)["case"]]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        Py.warning(RuntimeWarning, text)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["given" if [str(w.message) for w in warned] == [text] else "kept back"]

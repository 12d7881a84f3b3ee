"""Loads the application of a CGI program and runs it, without the tool's libraries.

So the Python of another virtual environment can run it, as if by

    python -c START DIRECTORY NAME SPEC PATH...

DIRECTORY has the tool's packages; NAME is how messages call the application, SPEC how
isthmus.loading does, and the PATHs come first on sys.path.
"""

import os
import sys
from contextlib import redirect_stdout

from isthmus import importing, loading
from isthmus_cli import cgi
from isthmus_cli.exit_codes import BROKEN_RULE, DONE
from isthmus_cli.rules import Rule, ToolError

# Not the tool that the environment may have. The libraries beside it are not for the
# application.
START = (
    "import sys; directory = sys.argv.pop(1); sys.path.insert(0, directory);"
    " from isthmus_cli import cgi_application; sys.path.remove(directory);"
    " sys.exit(cgi_application.main(*sys.argv[1:]))"
)
# Rules of isthmus.loading, in this command's terms, with the values shown.
_MESSAGES = {
    "MODULE_ABSENT": ("there is no module '%s'%s", (0, 1)),
    "CALLABLE_ABSENT": ("%s has no '%s'%s", (0, 2, 3)),
    "NOT_CALLABLE": ("it is %s, which is not callable", (1,)),
}
_MISSING = "%s. Its libraries must be installed for %s"


def main(name, spec, *places):
    """Answer the request; return the exit code."""
    try:
        run(name, spec, places)
    except ToolError as broken:
        sys.stderr.write("%s\n" % broken)
        return BROKEN_RULE
    return DONE


def run(name, spec, places):
    """Answer the one request for which the process was started.

    :raises ToolError: if the application cannot be loaded; the answer is then a 500.
    """
    body, out = sys.stdin.buffer, sys.stdout.buffer
    try:
        # Printed text is for the log, not for the client.
        with redirect_stdout(sys.stderr):
            application = _load(name, spec, places)
    except ToolError:
        refuse()
        raise
    with redirect_stdout(sys.stderr):
        cgi.run(application, body, out)


def refuse():
    """Answer a web server's request with a 500; on a terminal, the message will do."""
    if "GATEWAY_INTERFACE" in os.environ:
        cgi.refuse(sys.stdin.buffer, sys.stdout.buffer)


def _load(name, spec, places):
    sys.path[:0] = places
    # What it says of Python 3 is of Jython.
    importing.explain = lambda cause, stack: None
    # The same code as in the servlet container, so names have one meaning everywhere.
    try:
        return loading.load(spec, None)[0]
    except importing.LoadError as error:
        text, used = _MESSAGES.get(error.rule, ("%s", (-1,)))
        why = text % tuple(error.values[index] for index in used)
        if error.cause is not None:
            sys.stderr.write("%s\n" % error.traceback)
        if isinstance(error.cause, ImportError):
            why = _MISSING % (why, sys.executable)
        raise ToolError(Rule.CGI_APP_FAILED, name, why) from error

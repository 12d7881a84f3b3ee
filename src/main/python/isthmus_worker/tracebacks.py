"""The tracebacks of exceptions, also of those that Python's own module cannot format.

Its functions run code of the exception's class, such as ``__notes__``, and fail with
whatever that raises.
"""

import traceback

# Of a longer chain, only the last exception is shown: to format thousands takes long.
_CHAIN = 100
# So many exceptions of a chain are shown without that module.
_SHOWN = 10

# No attribute that a class has in their place is called.
frames_of, _cause, _context, _is_cut = (
    vars(BaseException)["__%s__" % name].__get__
    for name in ("traceback", "cause", "context", "suppress_context")
)


def formatted(raised, ours=""):
    """Return the traceback of an exception; raise nothing.

    :param ours: a source file whose frames are left out, if they are the outermost.
    """
    frames = frames_of(raised)
    while frames is not None and frames.tb_frame.f_code.co_filename == ours:
        frames = frames.tb_next
    try:
        before = ""
        if len(_chain(raised, _CHAIN + 1)) > _CHAIN:
            before = "[more than %d earlier exceptions are not shown]\n\n" % _CHAIN
        kind = type(raised)
        lines = traceback.format_exception(kind, raised, frames, chain=not before)
        return before + "".join(lines)
    except BaseException as failure:
        chain = reversed(_chain(raised, _SHOWN))
        parts = ["".join(_plain(each)) for each in chain]
        last = "No traceback could be formatted: %s\n" % _described(failure)
        return "\n".join([*parts, last])


def summary(raised):
    """Return the last line of a traceback, without its line break; raise nothing."""
    try:
        lines = traceback.format_exception_only(type(raised), raised)
        return "".join(lines).strip()
    except BaseException:
        return _described(raised)


def _chain(raised, limit):
    """Return an exception and those that it follows from, at most so many.

    None is there twice: a chain may lead back to its beginning.
    """
    found = []
    seen = set()
    while raised is not None and id(raised) not in seen and len(found) < limit:
        found.append(raised)
        seen.add(id(raised))
        cause = _cause(raised)
        if cause is None and not _is_cut(raised):
            cause = _context(raised)
        raised = cause
    return found


def _plain(raised):
    yield "Traceback (most recent call last):\n"
    frames = frames_of(raised)
    while frames is not None:
        code = frames.tb_frame.f_code
        place = code.co_filename, frames.tb_lineno, code.co_name
        yield '  File "%s", line %d, in %s\n' % place
        frames = frames.tb_next
    yield _described(raised) + "\n"


def _described(raised):
    name = type.__repr__(type(raised))
    try:
        return "%s: %s" % (name, raised)
    except BaseException:
        return name

"""Checks the jars: Isthmus, Jython, the Servlet API, and their namespace."""

from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.doctor.webapp import LIB, namespace

_CLASSES = "WEB-INF/classes/"


def check(app):
    """Yield the Findings of a WebApp's jars and classes, whatever its engine."""
    yield from _isthmus([jar for jar in app.jars if jar.is_isthmus])
    yield from added(app)


def jython(app):
    """Yield the Findings of a WebApp's Jython, which CPython does without."""
    yield from _jython([jar.name for jar in app.jars if jar.is_jython])


def added(app):
    """Yield the Findings of jars that were added to those that Isthmus needs."""
    for jar in app.jars:
        if jar.is_servlet_api and jar.name.startswith(LIB):
            yield found(Sign.SERVLET_API_INSIDE, jar.name)
    yield from _mixed(app)


def side(app):
    """Return the servlet namespace of a WebApp's Isthmus, jakarta or javax; or None."""
    sides = {_of_isthmus(jar) for jar in app.jars if jar.is_isthmus}
    return sides.pop() if len(sides) == 1 else None


def _of_isthmus(jar):
    return jar.namespace(["org/isthmus/WsgiServlet.class"])


def _isthmus(jars):
    if not jars:
        yield found(Sign.ISTHMUS_ABSENT)
    elif len(jars) > 1:
        names = ", ".join("%s (%s)" % (jar.name, _of_isthmus(jar)) for jar in jars)
        yield found(Sign.ISTHMUS_TWICE, names)


def _jython(names):
    if not names:
        yield found(Sign.JYTHON_ABSENT)
    elif len(names) > 1:
        yield found(Sign.JYTHON_TWICE, ", ".join(names))
    elif names[0].startswith(LIB):
        yield found(Sign.JYTHON_IN_LIB, names[0])


def _mixed(app):
    own = side(app)
    if own is None:
        return
    for jar in app.jars:
        known = jar.is_isthmus or jar.is_jython or jar.is_servlet_api
        if jar.name.startswith(LIB) and not known:
            other = jar.namespace()
            if other not in (None, own):
                yield found(Sign.NAMESPACE_MIXED, jar.name, other, own)
    classes = app.below(_CLASSES, ".class")
    other = namespace(app.read(_CLASSES + name) for name in classes)
    if other not in (None, own):
        yield found(Sign.NAMESPACE_MIXED, _CLASSES[:-1], other, own)

"""Runs all checks on a web application."""

from isthmus_cli.doctor import (
    container,
    data,
    executable,
    extensions,
    imports,
    imports3,
    jars,
    lacking,
    modules3,
    public_root,
    sources,
    web_xml,
)
from isthmus_cli.doctor.webapp import WebApp
from isthmus_cli.engines import CPYTHON, JYTHON
from isthmus_cli.python3_rules import Python3Rule

_CHECKS = (jars.check, web_xml.check, public_root.check, executable.check, data.check)
_OWN = (web_xml.check, executable.check, data.shipped)
# What more there is to check for an engine, of everything and of what is the user's.
# None of it runs the application: whoever examines a WAR need not trust it.
_CHECKS_OF = {
    JYTHON: (jars.jython, sources.check),
    CPYTHON: (extensions.check, lacking.check, modules3.check),
}
_OWN_OF = {JYTHON: (sources.check,), CPYTHON: (lacking.check,)}


def within(path):
    """Return the Findings of the application's own files: web.xml, sources, added jars.

    :param path: of a WAR or of an unpacked one, to which jars may come elsewhere.
    """
    with WebApp(path) as app:
        checks = (*_OWN, *_OWN_OF[web_xml.engine(app)])
        return [*jars.added(app), *(f for check in checks for f in check(app))]


def importing(path):
    """Return the Findings of the application's import on its engine.

    :raises ToolError: this machine lacks what that takes, such as Java.
    """
    with WebApp(path) as app:
        is_jython = web_xml.engine(app) == JYTHON
        return list((imports if is_jython else imports3).check(app))


def of(path, beside=None):
    """Return the Findings of a WAR or an unpacked one, and lines on what was checked.

    :param beside: the directory or URL of the target container, or None.
    :raises ToolError: it is not a web application, or the directory not a container.
    """
    with WebApp(path) as app:
        checks = (*_CHECKS, *_CHECKS_OF[web_xml.engine(app)])
        findings = [finding for check in checks for finding in check(app)]
        seen = ["%s: %d files, for %s.servlet" % (path, len(app.names), jars.side(app))]
        if app.platforms:
            seen.append("%s: CPython for %s" % (path, " and ".join(app.platforms)))
        for name in app.platforms:
            without = lacking.of(app, name)
            if without:
                values = name, ", ".join(without), Python3Rule.MODULES_ABSENT.code
                seen.append("CPython for %s: without %s (%s)" % values)
        if beside:
            more, name = container.check(beside, app)
            findings += more
            seen.append("%s: %s" % (beside, name))
    return in_order(findings), seen


def in_order(findings):
    """Return Findings as they are shown: errors first, by their codes."""
    return sorted(findings, key=lambda finding: (finding.severity, finding.code))

"""Runs all checks on a web application."""

from isthmus_cli.doctor import (
    container,
    data,
    executable,
    imports,
    jars,
    public_root,
    sources,
    web_xml,
)
from isthmus_cli.doctor.webapp import WebApp
from isthmus_cli.rules import Rule, ToolError

_CHECKS = (jars, web_xml, public_root, sources, executable, data)
_OWN = (web_xml.check, sources.check, executable.check, data.shipped)


def within(path):
    """Return the Findings of what is the application's own: web.xml, and the sources.

    Of the jars those that were added count.

    :param path: of a WAR or of an unpacked one, to which jars may come elsewhere.
    """
    with WebApp(path) as app:
        return [*jars.added(app), *(f for check in _OWN for f in check(app))]


def importing(path):
    """Return the Findings of the application's import on Jython; none without Java."""
    try:
        with WebApp(path) as app:
            return list(imports.check(app))
    except ToolError as error:
        if error.rule in (Rule.JDK_ABSENT, Rule.JDK_WRONG, Rule.ARTIFACT_ABSENT):
            return []
        raise


def of(path, beside=None):
    """Return the Findings of a WAR or an unpacked one, and lines on what was checked.

    :param beside: the directory or URL of the target container, or None.
    :raises ToolError: it is not a web application, or the directory not a container.
    """
    with WebApp(path) as app:
        findings = [finding for check in _CHECKS for finding in check.check(app)]
        seen = ["%s: %d files, for %s.servlet" % (path, len(app.names), jars.side(app))]
        if beside:
            more, name = container.check(beside, app)
            findings += more
            seen.append("%s: %s" % (beside, name))
    return sorted(findings, key=lambda finding: (finding.severity, finding.code)), seen

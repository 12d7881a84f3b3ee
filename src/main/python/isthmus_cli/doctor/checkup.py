"""Looks at a web application with all that there is to look with."""

from isthmus_cli.doctor import container, imports, jars, public_root, sources, web_xml
from isthmus_cli.doctor.signs import ERROR
from isthmus_cli.doctor.webapp import WebApp

_CHECKS = (jars, web_xml, public_root, sources)


def within(path, has_import=False):
    """Return the Findings of what is the application's own: web.xml, and the sources.

    :param path: of a WAR or of an unpacked one, to which jars may come elsewhere.
    :param has_import: whether Jython is to import it, unless an error is found before.
    """
    with WebApp(path) as app:
        findings = [f for check in (web_xml, sources) for f in check.check(app)]
        if has_import and not any(f.severity == ERROR for f in findings):
            findings += imports.check(app)
        return findings


def of(path, beside=None):
    """Return the Findings of a WAR or of an unpacked one, and lines on what was seen.

    :param beside: the directory or URL of the container that it is for, or None.
    :raises ToolError: it is no web application, or the directory no container.
    """
    with WebApp(path) as app:
        findings = [finding for check in _CHECKS for finding in check.check(app)]
        seen = ["%s: %d files, for %s.servlet" % (path, len(app.names), jars.side(app))]
        if beside:
            more, name = container.check(beside, app)
            findings += more
            seen.append("%s: %s" % (beside, name))
    return sorted(findings, key=lambda finding: (finding.severity, finding.code)), seen

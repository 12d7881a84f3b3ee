"""Checks what `java -jar` on a web application lacks compared with a container."""

from isthmus_cli.doctor import web_xml
from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.war import launcher
from isthmus_cli.war.web_xml import DATA_SOURCE

_MANIFEST = "META-INF/MANIFEST.MF"
_MAIN = "Main-Class: %s\r\n" % launcher.manifest()["Main-Class"]


def check(app):
    """Yield the Findings of a WebApp that is an executable archive."""
    if _MANIFEST not in app.names or _MAIN.encode() not in app.read(_MANIFEST):
        return
    try:
        read = web_xml.read(app)
    except web_xml.ElementTree.ParseError:
        # That is another finding.
        return
    for name, kind in read.resources.items() if read else ():
        if kind == DATA_SOURCE:
            continue  # whoever starts it says which database: --jndi
        instead = "remove its <resource-ref>"
        what = "resource '%s' (JNDI)" % name
        yield found(Sign.EXECUTABLE_LACKS, what, remedy=(instead,))
    if read and read.has_login:
        instead = "let the application log users in (isthmus.middleware.identification)"
        yield found(Sign.EXECUTABLE_LACKS, "login service", remedy=(instead,))

"""The same programs on CPython's wsgiref, for comparison: python3 on_wsgiref.py [port].

It reads web.xml as a container does, as far as this web application needs it. There is
no login here, so the page behind it answers 403.
"""
import importlib
import mimetypes
import os
import sys
import xml.etree.ElementTree as ElementTree
from wsgiref.simple_server import ServerHandler, make_server
from wsgiref.util import FileWrapper

HERE = os.path.dirname(os.path.abspath(__file__))
WEBAPP = os.path.dirname(os.path.dirname(HERE))
# The middleware of layers.py: beside webapp/ in Isthmus's own source, or installed.
sys.path.append(os.path.join(os.path.dirname(WEBAPP), "src", "main", "python"))
TAG = "{http://xmlns.jcp.org/xml/ns/javaee}"


class Site(object):
    """Chooses by the path as a container does: a servlet, a file, else the filter."""

    def __init__(self, prefix=""):
        self.prefix = prefix
        self.servlets = dict(_mapped("servlet"))
        ((_, self.filter),) = _mapped("filter")

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if not (path + "/").startswith(self.prefix + "/"):
            return _plain(start_response, "404 Not Found")
        path = path[len(self.prefix) :]
        script, application = self.match(path)
        if application is None and path.startswith("/static/"):
            return _static(path, start_response)
        environ["SCRIPT_NAME"] = self.prefix + script
        environ["PATH_INFO"] = path[len(script) :]
        return (application or self.filter)(environ, start_response)

    def match(self, path):
        """Return what leads to a servlet, and the servlet (Servlet 5.0, 12.1)."""
        first = "/" + path.split("/")[1] if path else ""
        for pattern, script in ((path, path), (first + "/*", first)):
            if pattern in self.servlets:
                return script, self.servlets[pattern]
        return "", None


def _mapped(kind):
    """Yield (URL pattern, application) of web.xml's servlets or filters."""
    root = ElementTree.parse(os.path.join(os.path.dirname(HERE), "web.xml")).getroot()
    applications = {}
    for element in root.iter(TAG + kind):
        for param in element.iter(TAG + "init-param"):
            if param.findtext(TAG + "param-name") == "isthmus.app":
                module, _, name = param.findtext(TAG + "param-value").partition(":")
                application = getattr(importlib.import_module(module), name)
                applications[element.findtext(TAG + kind + "-name")] = application
    for mapping in root.iter(TAG + kind + "-mapping"):
        name = mapping.findtext(TAG + kind + "-name")
        yield mapping.findtext(TAG + "url-pattern"), applications[name]


def _static(path, start_response):
    name = os.path.basename(path)
    directory = os.path.join(WEBAPP, "static")
    if name not in os.listdir(directory):
        return _plain(start_response, "404 Not Found")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    start_response("200 OK", [("Content-Type", kind)])
    return FileWrapper(open(os.path.join(directory, name), "rb"))


def _plain(start_response, status):
    start_response(status, [("Content-Type", "text/plain")])
    return [status.encode("ascii")]


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    # wsgiref puts the process's environment into each request's; a container does not.
    ServerHandler.os_environ = {}
    print("http://127.0.0.1:%d/" % port)
    make_server("127.0.0.1", port, Site()).serve_forever()

"""A web application in the making, for the tests of `isthmus doctor`."""

import functools
import io
import zipfile

import containers
from paths import TARGET

JAKARTA, JAVAX = containers.jar("jakarta"), containers.jar("javax")
SERVLET = """<servlet><servlet-name>s</servlet-name>
<servlet-class>%s</servlet-class>%s</servlet>"""
PARAM = """<%s><param-name>%s</param-name><param-value>%s</param-value></%s>"""

HELLO = b"import os\nfrom java.util import Date\nimport six, helpers.text\n"
HELLO += b"application = 1\n"

ROOT = '<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee">%s</web-app>'


@functools.cache
def jython():
    """A jar with what tells Jython: its classes' names and its library's."""
    (jar,) = (TARGET / "jython").glob("jython-slim-*.jar")
    with zipfile.ZipFile(jar) as archive:
        names = [n for n in archive.namelist() if n.startswith("Lib/")]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in [*names, "org/python/core/PySystemState.class"]:
            archive.writestr(name, b"")
    return made.getvalue()


class Web:
    """A web application in the making: good, until a test changes it."""

    def __init__(self, path):
        self.path = path
        self.files = {
            "WEB-INF/lib/isthmus.jar": JAKARTA.read_bytes(),
            "WEB-INF/jython/jython.jar": jython(),
            "WEB-INF/app/hello.py": HELLO,
            "WEB-INF/app/helpers/__init__.py": b"",
            "WEB-INF/app/helpers/text.py": b"print 'Python 2'\nfrom . import other\n",
            "WEB-INF/app/helpers/other.py": b"try:\n    import nowhere\nexcept: pass\n",
            "WEB-INF/lib-python/six.py": b"",
            "static/site.css": b"",
        }
        self.servlet({"isthmus.app": "hello:application"})

    def servlet(self, params, class_name="org.isthmus.WsgiServlet", context=""):
        texts = [PARAM % ("init-param", *p, "init-param") for p in params.items()]
        text = context + SERVLET % (class_name, "".join(texts))
        self.files["WEB-INF/web.xml"] = (ROOT % text).encode()

    def jar(self, name, **entries):
        path = self.path.with_name("made.jar")
        with zipfile.ZipFile(path, "w") as archive:
            for entry, octets in entries.items():
                archive.writestr(entry.replace("__", "/") + ".class", octets)
        self.files[name] = path.read_bytes()

    def write(self):
        with zipfile.ZipFile(self.path, "w") as archive:
            for name, octets in self.files.items():
                archive.writestr(name, octets)
        return self.path

    def unpack(self):
        self.write()
        directory = self.path.with_suffix("")
        with zipfile.ZipFile(self.path) as archive:
            archive.extractall(directory)
        return directory

"""A web application with web frameworks, in the releases for its Python."""

from dataclasses import dataclass, field

from paths import TARGET
from wars import War, tree

FLASK = ["flask", "werkzeug", "jinja2", "click", "itsdangerous", "markupsafe"]
# {engine: the directory of its libraries, and which of them}
LIBRARIES = {
    "jython": ("libraries", [*FLASK, "django", "pytz"]),
    "cpython": (
        "libraries-cpython",
        [*FLASK, "django", "asgiref", "blinker", "importlib_metadata", "zipp"]
        + ["sqlparse", "typing_extensions.py"],
    ),
}
BOTH = ["beaker", "cheroot", "cherrypy", "jaraco", "more_itertools", "portend.py"]
BOTH += ["six.py", "tempora", "zc"]
# What the sessions of all of them need.
SESSIONS = {
    "jython": [*LIBRARIES["jython"][1], *BOTH, "backports", "contextlib2.py"]
    + ["funcsigs", "selectors2.py", "zc.lockfile-2.0-py3.7-nspkg.pth"],
    "cpython": [*LIBRARIES["cpython"][1], *BOTH, "autocommand", "backports"]
    + ["dateutil"],
}
LOGINS = {name: [*known[1], "flask_login"] for name, known in LIBRARIES.items()}
# Of Django, what sessions do not need.
LEFT_OUT = {"LC_MESSAGES", "admin", "gis", "static", "templates"}


@dataclass
class Frameworks(War):
    """A WAR that has Flask and Django in WEB-INF/lib-python.

    libraries  by engine, if these are not enough
    """

    libraries: dict = field(default_factory=dict)

    def entries(self, parts):
        yield from super().entries(parts)
        directory, names = LIBRARIES[parts.engine.name]
        for name in self.libraries.get(parts.engine.name, names):
            place = TARGET / directory / name
            for path, file in tree("WEB-INF/lib-python/" + name, place):
                if not LEFT_OUT & set(file.relative_to(TARGET).parts):
                    yield path, file

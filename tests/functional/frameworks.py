"""A web application with Flask and Django, in the releases for its Python."""

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
# Of Django, what sessions do not need.
LEFT_OUT = {"LC_MESSAGES", "admin", "gis", "static", "templates"}


class Frameworks(War):
    """A WAR that has both in WEB-INF/lib-python."""

    def entries(self, parts):
        yield from super().entries(parts)
        directory, names = LIBRARIES[parts.engine.name]
        for name in names:
            place = TARGET / directory / name
            for path, file in tree("WEB-INF/lib-python/" + name, place):
                if not LEFT_OUT & set(file.relative_to(TARGET).parts):
                    yield path, file

"""Checks the files that browsers can download: no sources, no secrets."""

from isthmus_cli.doctor.signs import Sign, found
from isthmus_cli.war import compiling, refusing

_SOURCES = (compiling.SOURCE, compiling.BYTECODE)


def check(app):
    """Yield the Findings of a WebApp's public files; one per hidden directory."""
    reported = set()
    for name in app.names:
        if name.startswith(("WEB-INF/", "META-INF/")):
            continue
        why = refusing.public_objection(name, lambda name=name: app.read(name))
        place = _hidden(name) or name
        if why and place not in reported:
            reported.add(place)
            is_source = name.endswith(_SOURCES) and place == name
            sign = Sign.SOURCE_IN_ROOT if is_source else Sign.SECRET_IN_ROOT
            yield found(sign, place, why)


def _hidden(name):
    """Return the path of the hidden directory that contains a file, or None."""
    parts = name.split("/")
    for number, part in enumerate(parts[:-1]):
        if part.startswith("."):
            return "/".join(parts[: number + 1])
    return None

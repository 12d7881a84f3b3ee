"""What users should know about a release on Jython, with what isthmus.compat lends."""

from packaging.specifiers import SpecifierSet

from isthmus.jython import extensions
from isthmus_cli import importable

_COMPAT = "%s needs `import isthmus.compat.%s` before it (docs/compat.md)"
_NO_TEMPLATES = (
    "it compiles templates in a way that Jython cannot, so that rendering fails;"
    " Mako and Jinja2 run on Jython"
)
_KNOWN = (
    (
        "sqlalchemy",
        ">=1.4",
        "it has no dialect for JDBC, so that on Jython it reaches no database;"
        " for SQLAlchemy<1.4, Isthmus has two, postgresql+isthmus and sqlite+isthmus"
        " (docs/data.md)",
    ),
    ("chameleon", "", _NO_TEMPLATES),
    ("genshi", "", _NO_TEMPLATES),
)


def of(name, version, files):
    """Yield what is to be known.

    :param name: normalized.
    :param version: packaging's Version.
    :param files: octets by path, as they would be installed.
    """
    for module in importable.lent(files):
        yield _COMPAT % ("the module " + module, extensions.LENT[module])
    for known, versions, text in _KNOWN:
        if known == name and SpecifierSet(versions).contains(version, prereleases=True):
            yield text

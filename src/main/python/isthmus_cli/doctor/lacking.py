"""Finds imports of what the CPython in a web application lacks of Python's library."""

import ast
import warnings
from typing import NamedTuple

from isthmus_cli.cpython import releases
from isthmus_cli.doctor.signs import WARNING, Sign, found
from isthmus_cli.doctor.webapp import APP

# What imports a module without naming it in an import: the settings of Django, which
# may have another database elsewhere.
_NAMED = {"django.db.backends.sqlite3": "sqlite3"}


def check(app):
    """Yield a Finding for each file of a WebApp and module that a platform lacks."""
    platforms = {}
    for name in app.platforms:
        for module in of(app, name):
            platforms.setdefault(module, []).append(name)
    if not platforms:
        return
    for name in app.below(APP, ".py"):
        for use in _uses(app.read(APP + name), platforms):
            where = ", ".join(platforms[use.module])
            place = "%s%s" % (APP, name)
            finding = found(Sign.LIBRARY_LACKS, use.line, place, use.module, where)
            yield finding._replace(severity=finding.severity if use.sure else WARNING)


def of(app, platform):
    """The modules that a WebApp's CPython for a platform lacks, sorted."""
    known = {m for r in releases.RELEASES for m in r.lacking(platform)}
    if not known:
        return []
    files = {name.rpartition("/")[2] for name in app.python_files(platform)}
    if not files:
        # The archive is damaged: another finding.
        return []
    having = {name.partition(".")[0] for name in files if ".so" in name}
    return sorted(module for module in known if "_" + module not in having)


class _Use(NamedTuple):
    """The first place of a source that needs a module.

    sure  whether the source cannot be imported without it
    """

    line: int
    module: str
    sure: bool


def _uses(octets, modules):
    """Return the _Use of each of these modules in a source, by line."""
    tree = parsed(octets)
    if tree is None:
        return []
    uses = {}
    for line, name in _imported(tree):
        top = name.partition(".")[0]
        if top in modules:
            uses.setdefault(top, _Use(line, top, True))
    for node in ast.walk(tree):
        module = _NAMED.get(node.value) if _is_text(node) else None
        if module in modules:
            uses.setdefault(module, _Use(node.lineno, module, False))
    return sorted(uses.values())


def parsed(octets):
    """The syntax tree of a source; None if it has none, which is another finding."""
    try:
        with warnings.catch_warnings():
            # Of what it contains, such as '\\d'.
            warnings.simplefilter("ignore")
            return ast.parse(octets)
    except (SyntaxError, ValueError):
        return None


def _imported(tree):
    """Yield (line, module) of the imports that nothing surrounds."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, node.module


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)

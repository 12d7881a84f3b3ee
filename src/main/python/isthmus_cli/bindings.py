"""Whether a module binds a name at its top level, as far as its source shows.

Parsed, not imported: it may be Python 2, which no parser of 3 accepts; then all that
can be checked is whether the name occurs at all.
"""

import ast
import re
from pathlib import PurePath

from isthmus_cli import python3_syntax
from isthmus_cli.names import nearest

# With one of these, a module can have names that its source does not bind (PEP 562).
_UNSEEN = re.compile(
    r"\b(exec|execfile|eval|globals|locals|vars|setattr|modules|__dict__|__import__"
    r"|__getattr__)\b"
    r"|\bimport[ \t(]*\*"
)
# Of a package: with one of these, it imports others that may set names on it.
_IMPORTS = (
    r"(?m)(?:^|[;:])[ \t]*(?:from|import)[ \t]+(?:\.|.*\b(?:%s)\b)"
    r"|\b(?:import_module|walk_packages|iter_modules)\b"
)
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def objection(file, octets, name, beside=()):
    """Return why a module lacks a name, or None if it has it or might have it.

    :param file: the source's name for messages.
    :param octets: the source.
    :param name: the expected name; of a dotted name, the first part counts.
    :param beside: names of modules that may be added to it, if it is a package.
    """
    first = name.split(".")[0]
    text = octets.decode("utf-8", "replace")
    if first.startswith("__") or first in beside or _UNSEEN.search(text):
        return None
    if _imports_own(PurePath(file), text, beside):
        return None
    bound = _bound(octets)
    if bound is None:
        known, is_there = (), re.search(r"\b%s\b" % first, text)
    else:
        known, is_there = bound, first in bound
    if is_there:
        return None
    return "%s binds no '%s' at its top level.%s" % (file, first, nearest(first, known))


def _imports_own(file, text, beside):
    """Whether a package imports its own modules, as also Python 2 does."""
    if file.name != "__init__.py":
        return False
    names = "|".join(map(re.escape, sorted({file.parent.name, *beside})))
    return re.search(_IMPORTS % names, text) is not None


def _bound(octets):
    """The names that a module binds; None if it cannot be parsed."""
    tree = python3_syntax.parsed(octets)
    if tree is None:
        return None
    bound, pending = set(), [tree]
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            bound.update(node.names)
    while pending:
        for node in ast.iter_child_nodes(pending.pop()):
            bound.update(_names(node))
            if not isinstance(node, _INNER):
                pending.append(node)
    return bound


def _names(node):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    if isinstance(node, ast.ExceptHandler) and node.name:
        return [node.name]
    return []

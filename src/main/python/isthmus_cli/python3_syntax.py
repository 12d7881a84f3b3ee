"""The parts of a source that only Python 3 has, according to CPython's own parser."""

import ast
import warnings

_MAX_LINES = 5
_FUTURES_OF_2 = frozenset(
    "absolute_import division generators nested_scopes print_function unicode_literals"
    " with_statement".split()
)
_PRINT = "print as a function"
_NODES = {
    ast.AnnAssign: "an annotation",
    ast.AsyncFor: "async or await",
    ast.AsyncFunctionDef: "async or await",
    ast.AsyncWith: "async or await",
    ast.Await: "async or await",
    ast.JoinedStr: "an f-string",
    ast.MatMult: "the operator @",
    ast.NamedExpr: "an assignment expression (:=)",
    ast.Nonlocal: "nonlocal",
    ast.YieldFrom: "yield from",
}
# Those that the tool's oldest supported CPython does not know yet.
_NEWER = {
    "Match": "a match statement",
    "TemplateStr": "a template string",
    "TryStar": "except*",
    "TypeAlias": "a type statement",
}
_NODES.update({getattr(ast, n): s for n, s in _NEWER.items() if hasattr(ast, n)})


def find(octets):
    """Return (line, construct) of the first thing that 2.7 lacks, or None.

    None also for sources that are not Python 3, such as ones with a print statement.

    :param octets: a source.
    """
    return min(every(octets), default=None)


def every(octets):
    """Return (line, construct) of each thing that 2.7 lacks, in order.

    Empty for sources that are not Python 3.

    :param octets: a source.
    """
    tree = parsed(octets)
    found = set()
    for node in ast.walk(tree) if tree else ():
        construct = _NODES.get(type(node)) or _construct(node)
        if construct:
            found.add((getattr(node, "lineno", 1), construct))
    if _has_print_function(tree):
        found = {pair for pair in found if pair[1] != _PRINT}
    return sorted(found)


def _has_print_function(tree):
    """Whether a source imports print_function, where Python 2.7 would accept it."""
    futures = [
        node.names
        for node in (tree.body if tree else ())
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    return any(a.name == "print_function" for names in futures for a in names)


def summary(found):
    """Return the result of `every` in words: each construct with its lines."""
    lines = {}
    for line, construct in found:
        lines.setdefault(construct, []).append(line)
    return "; ".join("%s in %s" % (name, _numbers(at)) for name, at in lines.items())


def _numbers(lines):
    some = ", ".join(map(str, lines[:_MAX_LINES]))
    more = len(lines) - _MAX_LINES
    plural = "s" if len(lines) > 1 else ""
    return "line%s %s%s" % (plural, some, " and %d more" % more if more > 0 else "")


def parsed(octets):
    """Return the ast of a source, or None if it is not Python 3."""
    try:
        return _parse(octets)
    except (SyntaxError, ValueError, RecursionError):
        return None


def refusal(octets):
    """Return (line, message) of why a source is not Python 3, or None if it is."""
    try:
        _parse(octets)
    except SyntaxError as error:
        return error.lineno or 1, error.msg
    except (ValueError, RecursionError) as error:
        return 1, str(error)
    return None


def _parse(octets):
    with warnings.catch_warnings():
        # The parser's warnings about escapes in other people's strings.
        warnings.simplefilter("ignore")
        return ast.parse(octets)


def _construct(node):
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        return _of_arguments(node.args, getattr(node, "returns", None))
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        newer = [a.name for a in node.names if a.name not in _FUTURES_OF_2]
        return "from __future__ import %s" % newer[0] if newer else None
    if isinstance(node, ast.Raise) and node.cause:
        return "raise ... from"
    if isinstance(node, ast.ClassDef) and node.keywords:
        return "a keyword in a class statement (metaclass=)"
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        starred = any(isinstance(item, ast.Starred) for item in node.elts)
        return "unpacking with *" if starred else None
    if isinstance(node, ast.Dict) and None in node.keys:
        return "unpacking with *"
    if isinstance(node, ast.Call):
        return _of_call(node)
    return None


def _of_call(call):
    stars = sum(isinstance(argument, ast.Starred) for argument in call.args)
    doubles = sum(keyword.arg is None for keyword in call.keywords)
    if stars > 1 or doubles > 1:
        return "unpacking with *"
    if isinstance(call.func, ast.Name) and call.func.id == "print":
        names = {keyword.arg for keyword in call.keywords}
        if names & {"end", "file", "flush", "sep"}:
            return _PRINT
    return None


def _of_arguments(arguments, returns):
    every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
    every += [a for a in (arguments.vararg, arguments.kwarg) if a]
    if returns or any(argument.annotation for argument in every):
        return "an annotation"
    if arguments.kwonlyargs:
        return "keyword-only arguments"
    return "positional-only arguments" if arguments.posonlyargs else None

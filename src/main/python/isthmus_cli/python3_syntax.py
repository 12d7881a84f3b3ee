"""What of a source only Python 3 has, as CPython's own parser sees it."""

import ast
import warnings

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


def find(octets):
    """Return (line, construct) of the first thing that 2.7 has not, or None.

    None too for what is no Python 3, as a print statement is not.

    :param octets: a source.
    """
    tree = parsed(octets)
    if tree is None:
        return None
    found = []
    for node in ast.walk(tree):
        construct = _NODES.get(type(node)) or _construct(node)
        if construct:
            found.append((getattr(node, "lineno", 1), construct))
    return min(found, default=None)


def parsed(octets):
    """Return a source as a tree of ast's, or None if it is no Python 3."""
    try:
        with warnings.catch_warnings():
            # What a parser says of the escapes of somebody else's strings.
            warnings.simplefilter("ignore")
            return ast.parse(octets)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _construct(node):
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        return _of_arguments(node.args, getattr(node, "returns", None))
    if isinstance(node, ast.Raise) and node.cause:
        return "raise ... from"
    if isinstance(node, ast.ClassDef) and node.keywords:
        return "a keyword in a class statement (metaclass=)"
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        starred = any(isinstance(item, ast.Starred) for item in node.elts)
        return "unpacking with *" if starred else None
    if isinstance(node, ast.Dict) and None in node.keys:
        return "unpacking with *"
    return None


def _of_arguments(arguments, returns):
    every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
    every += [a for a in (arguments.vararg, arguments.kwarg) if a]
    if returns or any(argument.annotation for argument in every):
        return "an annotation"
    if arguments.kwonlyargs:
        return "keyword-only arguments"
    return "positional-only arguments" if arguments.posonlyargs else None

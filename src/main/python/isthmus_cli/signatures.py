"""What the source of an application shows that no server could call, or that blocks."""

import ast

from isthmus_cli import python3_syntax

# The names that factories usually have.
FACTORIES = ("create_app", "make_app")
# What serves until the process ends, as a method of the application or with it as an
# argument.
_METHODS = ("run", "serve_forever")
_FUNCTIONS = ("serve", "run_simple")
_NEEDS = (
    "the factory needs the argument '%s', but is called without any. Write a function"
    " without arguments that calls it, and name that"
)


def objection(octets, named):
    """Why a function cannot be the application, or create it; None if it may.

    :param octets: a source. Of one that only Python 2 can parse, nothing is known.
    :param named: the loading.Named whose callable the source defines.
    """
    function = _function(octets, named.callable_name)
    if function is None:
        return None
    least, most = _positional(function)
    every = function.args.posonlyargs + function.args.args
    keywords = zip(function.args.kwonlyargs, function.args.kw_defaults)
    required = [argument.arg for argument, default in keywords if default is None]
    if named.is_made:
        missing = [argument.arg for argument in every[:least]] + required
        return _NEEDS % missing[0] if missing else None
    is_factory = not (least or required)
    if required or not least <= 2 <= most:
        why = "it cannot be called with environ and start_response"
    elif is_factory and function.name in FACTORIES:
        why = "by its name, it creates an application"
    else:
        return None
    return why + (". Did you mean '%s()'?" % named.spec if is_factory else "")


def blocking(octets, named):
    """The (line, call) at the left margin that never returns; or None.

    :param octets: a source.
    :param named: the loading.Named of the application in it.
    """
    names = {"app", "application", named.callable_name}
    tree = python3_syntax.parsed(octets)
    for node in tree.body if tree else ():
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and _blocks(call, names):
            return node.lineno, ast.unparse(call.func) + "()"
    return None


def _blocks(call, names):
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr in _METHODS:
        if function.attr == "serve_forever":
            return True
        return isinstance(function.value, ast.Name) and function.value.id in names
    last = function.attr if isinstance(function, ast.Attribute) else None
    last = function.id if isinstance(function, ast.Name) else last
    given = [argument.id for argument in call.args if isinstance(argument, ast.Name)]
    return last in _FUNCTIONS and not names.isdisjoint(given)


def _function(octets, name):
    """The only thing that a source binds to a name, if it is a bare function."""
    tree = python3_syntax.parsed(octets)
    found = [node for node in ast.walk(tree) if _binds(node, name)] if tree else []
    function = found[0] if len(found) == 1 else None
    is_bare = isinstance(function, ast.FunctionDef) and not function.decorator_list
    return function if is_bare and function in tree.body else None


def _binds(node, name):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return node.name == name
    if isinstance(node, ast.alias):
        return (node.asname or node.name) in (name, "*")
    is_stored = isinstance(getattr(node, "ctx", None), ast.Store)
    return isinstance(node, ast.Name) and is_stored and node.id == name


def _positional(function):
    """The least and the greatest number of positional arguments of a call."""
    arguments = function.args
    every = len(arguments.posonlyargs) + len(arguments.args)
    least = every - len(arguments.defaults)
    return least, float("inf") if arguments.vararg else every

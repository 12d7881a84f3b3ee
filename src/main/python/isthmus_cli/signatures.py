"""What the source of an application shows that no server could call, or that blocks."""

import ast

from isthmus_cli import python3_syntax

# The names that factories usually have.
FACTORIES = ("create_app", "make_app")
# What serves until the process ends: functions of these libraries, and a method of what
# make_server() returns.
_SERVERS = ("waitress", "werkzeug", "wsgiref")
_FUNCTIONS = ("serve", "run_simple")
_MAKER, _METHOD = "make_server", "serve_forever"
# By these, a module may bind its names without a statement that says so.
_DYNAMIC = (b"globals(", b"sys.modules")
# What binds a name that is not an ast.Name.
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)
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
    minimum, maximum = _positional(function)
    every = function.args.posonlyargs + function.args.args
    keywords = zip(function.args.kwonlyargs, function.args.kw_defaults)
    required = [argument.arg for argument, default in keywords if default is None]
    if named.is_made:
        missing = [argument.arg for argument in every[:minimum]] + required
        return _NEEDS % missing[0] if missing else None
    is_factory = not (minimum or required)
    if required or not minimum <= 2 <= maximum:
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
    tree = python3_syntax.parsed(octets)
    imported, servers = {}, set()
    for node in tree.body if tree else ():
        imported.update(_imports(node))
        if isinstance(node, ast.Assign) and _is_server(node.value, ()):
            servers.update(t.id for t in node.targets if isinstance(t, ast.Name))
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call):
            called = ast.unparse(call.func)
            is_run = called == named.callable_name + ".run"
            if is_run or _serves(call.func, servers) or _is_known(called, imported):
                return node.lineno, called + "()"
    return None


def _imports(node):
    """(name, what it stands for) of each name that a statement imports."""
    if isinstance(node, ast.ImportFrom) and not node.level:
        for alias in node.names:
            yield alias.asname or alias.name, "%s.%s" % (node.module, alias.name)
    elif isinstance(node, ast.Import):
        for alias in node.names:
            first = alias.name.partition(".")[0]
            yield alias.asname or first, alias.name if alias.asname else first


def _is_known(called, imported):
    """Whether it is a function of a library that serves."""
    first, dot, rest = called.partition(".")
    parts = (imported.get(first, "") + dot + rest).split(".")
    return parts[0] in _SERVERS and parts[-1] in _FUNCTIONS


def _serves(function, servers):
    is_method = isinstance(function, ast.Attribute) and function.attr == _METHOD
    return is_method and _is_server(function.value, servers)


def _is_server(value, servers):
    """Whether it is what make_server() returns, or one of these names for that."""
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2] == _MAKER
    return isinstance(value, ast.Name) and value.id in servers


def _function(octets, name):
    """The only thing that a source binds to a name, if it is a bare function."""
    tree = python3_syntax.parsed(octets)
    if tree is None or any(word in octets for word in _DYNAMIC):
        return None
    found = [node for node in ast.walk(tree) if _binds(node, name)]
    function = found[0] if len(found) == 1 else None
    is_bare = isinstance(function, ast.FunctionDef) and not function.decorator_list
    return function if is_bare and function in tree.body else None


def _binds(node, name):
    if isinstance(node, _NAMED):
        return node.name == name
    if isinstance(node, ast.alias):
        return (node.asname or node.name) in (name, "*")
    is_stored = isinstance(getattr(node, "ctx", None), ast.Store)
    return isinstance(node, ast.Name) and is_stored and node.id == name


def _positional(function):
    """The least and the greatest number of positional arguments of a call."""
    arguments = function.args
    every = len(arguments.posonlyargs) + len(arguments.args)
    minimum = every - len(arguments.defaults)
    return minimum, float("inf") if arguments.vararg else every

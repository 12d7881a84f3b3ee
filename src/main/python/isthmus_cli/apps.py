"""Finds the application: the one that is named, or by convention."""

import ast
import contextlib
import re
import shlex
from pathlib import Path
from typing import NamedTuple

import click
from click.core import ParameterSource

from isthmus import importing, loading
from isthmus_cli import layouts, python3_syntax, signatures
from isthmus_cli.names import nearest
from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.signatures import FACTORIES

MODULES = ("wsgi", "app", "hello")
CALLABLES = ("application", "app")
CONVENTION = (
    "looked for application, app, create_app() or make_app() in wsgi.py, app.py and"
    " hello.py, in a package, in a wsgi.py one directory below, and for a main section"
    " in an .ini file"
)

_PASTE = "config:"
# The directory in WEB-INF for the application's root; the setting's paths are below it.
_PLACE = "app/"
_MODULE, _FILE = "%s.wsgi:%s", _PLACE + "%s/wsgi.py:%s"
_INIT = "__init__"
_PACKAGE = _INIT + ".py"
_WITH_ARGUMENTS = re.compile(r"[^():]+:[\w.]+\(.*[^()\s].*\)")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DEPLOY = re.compile(r"(?m)^\[(app|application|composite|composit|pipeline):main\]")


class App(NamedTuple):
    """An application.

    spec     its name for the setting ``isthmus.app``
    root     the directory that its modules are imported from
    further  directories below it that modules are imported from, too
    """

    spec: str
    root: Path
    further: tuple = ()

    @property
    def named(self):
        """The spec's parts, a loading.Named; None for a Paste Deploy configuration."""
        return None if self.spec.startswith(_PASTE) else loading.Named(self.spec)

    @property
    def file(self):
        """The path below the root if the spec names a file, not a module; or None."""
        named = self.named
        if named is None:
            return self.spec[len(_PASTE) :].partition("#")[0]
        return named.file[len(_PLACE) :] if named.file else None

    def in_place(self):
        """The spec for running it from its root: files have absolute paths."""
        if self.file is None:
            return self.spec
        start, place = (_PASTE, "") if self.named is None else ("", _PLACE)
        rest = self.spec[len(start + place + self.file) :]
        return "%s%s%s" % (start, self.root.resolve() / self.file, rest)


def find(named, directory):
    """Find the application for a command.

    :param named: ``package.module:callable``, ``path/to/app.py:callable``, a Paste
        Deploy ``.ini`` file with or without ``#section``, a directory; or None.
    :param directory: the base of relative names.
    :raises ToolError: if there is none, or more than one candidate; or if its source
        shows that no server could run it.
    """
    found = _find(named, directory)
    _inspect(found)
    return found


def unknown(named, why):
    """The ToolError for a name that is wrong; it says where the user has written it."""
    context = click.get_current_context(silent=True)
    source = context.get_parameter_source("app") if context else None
    is_default = source is ParameterSource.DEFAULT_MAP
    place = ", which is `app` in [tool.isthmus] of pyproject.toml" if is_default else ""
    return ToolError(Rule.APP_UNKNOWN, named, why, place)


def _find(named, directory):
    if named is None:
        return _by_convention(directory)
    path = directory / named
    if path.is_dir():
        return _by_convention(path)
    file, _, section = named.partition("#")
    if file.endswith(".ini"):
        return _configuration(directory, file, section)
    file, _, callable_ = named.rpartition(":")
    if file.endswith(".py"):
        return _of_file(named, directory / file, callable_)
    if named.endswith(".py"):
        return _of_file(named, path, None)
    return _of_module(named, directory)


def _inspect(found):
    """
    :raises ToolError: the application's source shows that it cannot be called as it is
        named, or that importing it never ends.
    """
    named = found.named
    if named is None:
        return
    below = found.file or module_file(found.root, named.module_name)
    path = found.root / below if below else None
    octets = _octets(path) if path and path.is_file() else b""
    why = signatures.objection(octets, named)
    if why:
        raise unknown(found.spec, why)
    blocking = signatures.blocking(octets, named)
    if blocking:
        raise ToolError(Rule.APP_SERVES_ITSELF, blocking[0], path, blocking[1])


def _of_module(named, directory):
    module, colon, callable_ = named.partition(":")
    source = directory / (module.replace(".", "/") + ".py")
    if colon and not _is_dotted(module) and source.is_file():
        return _of_file(named, source, callable_)
    every = layouts.roots(directory)
    roots = [r for r in every if module_file(r, module)]
    # A module that is misspelled, in a package that exists.
    roots += [r for r in every if module_file(r, module.partition(".")[0])]
    return _checked(named, App(named, roots[0] if roots else directory), directory)


def module_file(root, module):
    """The path of a module's source below a root, or None."""
    path = Path(module.replace(".", "/"))
    # Python prefers a package. Two dots have no name between them.
    files = [path / _PACKAGE, path.with_name(path.name + ".py")] if path.name else []
    return next((file for file in files if (root / file).is_file()), None)


def _is_dotted(module):
    return all(_IDENTIFIER.fullmatch(part) for part in module.split("."))


def _checked(named, found, directory):
    """Check that the setting isthmus.app would accept the name (IS0050)."""
    with contextlib.suppress(importing.LoadError):
        path = found.named.file
        if path is None or path.startswith(_PLACE):
            return found
    raise unknown(named, _malformed(named, directory))


def _malformed(named, directory):
    """What is wrong with such a name."""
    if _WITH_ARGUMENTS.fullmatch(named):
        why = "a factory is called without arguments. Write a function that calls %s,"
        return (why + " and name that") % named.partition(":")[2]
    why = "it is neither module:callable, module:factory(), file.py:callable, file.ini"
    why += " nor a directory"
    near = _meant(named, directory) if named.isascii() else ""
    if near:
        return why + "." + near
    return why + " (names of modules and callables are ASCII letters, digits and _)"


def _meant(named, directory):
    """A sentence with the name of an application in a module that is named alone."""
    whole, call, _ = named.partition("()")
    if not _is_dotted(whole):
        return ""
    module, _, callable_ = whole.rpartition(".")
    for root in layouts.roots(directory):
        file = module_file(root, whole) if not call else None
        name = _callable(root / file) if file else None
        if name:
            return " Did you mean '%s:%s'?" % (whole, name)
        file = module_file(root, module) if module else None
        if file and re.search(r"\b%s\b" % re.escape(callable_), _text(root / file)):
            return " Did you mean '%s:%s%s'?" % (module, callable_, call)
    return ""


def _configuration(directory, file, section):
    path = directory / file
    if not path.is_file():
        raise unknown(file, "there is no such file")
    suffix = "#" + section if section else ""
    if Path(file).is_absolute() or ".." in Path(file).parts:
        return _deployed("config:" + path.name + suffix, path.parent)
    return _deployed("config:" + Path(file).as_posix() + suffix, directory)


def _deployed(spec, directory):
    """The file is in the project's own directory, its factories may be in src/."""
    return App(spec, directory, tuple(layouts.roots(directory)[1:]))


def _of_file(named, path, callable_):
    if not path.is_file():
        near = nearest(path.name, [p.name for p in path.parent.glob("*.py")])
        raise unknown(named, "there is no such file." + near)
    callable_ = callable_ or _callable(path)
    if callable_ is None:
        why = "it defines neither application nor app"
        raise unknown(named, why)
    root, parts = path.parent, [] if path.stem == "__init__" else [path.stem]
    while (root / "__init__.py").exists():
        root, parts = root.parent, [root.name, *parts]
    module = ".".join(parts)
    if not _is_dotted(module):
        # No import statement could name it, so it is loaded by its path.
        module = _PLACE + path.relative_to(root).as_posix()
    return _checked(named, App("%s:%s" % (module, callable_), root), root)


def _by_convention(directory):
    roots = layouts.roots(directory)
    for root in roots:
        found = _conventional(root, roots)
        if found:
            return found
    raise _absent(directory, CONVENTION, _elsewhere(roots) or ["hello:application"])


def _absent(directory, why, specs):
    """The error that names the command to run, for the first of some applications."""
    context = click.get_current_context(silent=True)
    command = context.info_name if context and context.info_name else "war"
    command = "war" if command == "doctor" else command
    return ToolError(Rule.APP_ABSENT, directory, why, command, shlex.quote(specs[0]))


def _elsewhere(roots):
    """The names of applications in other modules than those of the convention."""
    found = []
    for root in roots:
        for file in [*sorted(root.glob("*.py")), *sorted(root.glob("[!.]*/*.py"))]:
            parts = file.relative_to(root).with_suffix("").parts
            name = _callable(file) if _is_dotted(".".join(parts)) else None
            if name and parts[0] not in ("test", "tests") and file.stem != _INIT:
                found.append("%s:%s" % (".".join(parts), name))
    return found


def _conventional(directory, roots):
    for module in MODULES:
        name = _callable(directory / (module + ".py"))
        if name:
            return App("%s:%s" % (module, name), directory)
    ways = (
        _below(directory, roots),
        _configurations(directory),
        _packages(directory, roots),
    )
    for found in ways:
        if len(found) > 1:
            specs = [app.spec for app in found]
            why = "more than one might be meant: %s" % ", ".join(specs)
            raise _absent(directory, why, specs)
        if found:
            return found[0]
    return None


def _below(directory, roots):
    """Django's convention: a wsgi.py in the package that startproject creates."""
    files = sorted(directory.glob("[!.]*/wsgi.py"))
    files = [file for file in files if file.parent not in roots]
    named = [(file.parent.name, _callable(file)) for file in files]
    return [
        App((_MODULE if _is_dotted(name) else _FILE) % (name, callable_), directory)
        for name, callable_ in named
        if callable_
    ]


def _packages(directory, roots):
    """Flask's convention: the package itself has the application, or its factory."""
    files = sorted(directory.glob("[!.]*/" + _PACKAGE))
    files = [file for file in files if file.parent not in roots]
    named = [(file.parent.name, _callable(file)) for file in files]
    return [
        App("%s:%s" % (name, callable_), directory)
        for name, callable_ in named
        if callable_ and _is_dotted(name) and name not in ("test", "tests")
    ]


def _configurations(directory):
    files = [f for f in sorted(directory.glob("*.ini")) if _DEPLOY.search(_text(f))]
    return [_deployed("config:" + file.name, directory) for file in files]


def _callable(path):
    """The conventional name that a source binds at its top level, or None."""
    text = _text(path) if path.is_file() else ""
    for name in CALLABLES:
        # Parsed, not imported: it may be Python 2.
        bound = r"(?m)^(%s\s*=|(def|class)\s+%s\b|(from|import)\b.*\b%s\b)"
        if re.search(bound % (name, name, name), text):
            return name
    for name in FACTORIES:
        found = re.search(r"(?m)^def\s+%s\s*\(" % name, text)
        if found and _needs_nothing(text, name):
            return name + "()"
    return None


def _needs_nothing(text, name):
    """Whether a function can be called without arguments."""
    tree = python3_syntax.parsed(text.encode("utf-8"))
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef) and node.name == name:
            arguments = node.args
            positional = len(arguments.posonlyargs) + len(arguments.args)
            return (
                positional == len(arguments.defaults)
                and None not in arguments.kw_defaults
            )
    # Python 2, which only Jython could parse.
    return re.search(r"(?m)^def\s+%s\s*\(\s*\)" % name, text) is not None


def _text(path):
    return _octets(path).decode("utf-8-sig", "replace")


def _octets(path):
    try:
        return path.read_bytes()
    except OSError as error:
        raise ToolError(Rule.FILE_UNREADABLE, path, error.strerror) from error

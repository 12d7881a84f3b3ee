"""Finds and imports the application that isthmus.app names, and says why it cannot."""
import os
import re
import sys
import traceback

_SPEC = re.compile(
    r"^(?P<module>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*):"
    r"(?P<callable>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)(?P<call>\(\))?$"
)
_FILE_SPEC = re.compile(
    r"^(?P<file>.+\.py):(?P<callable>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)(?P<call>\(\))?$"
)
_MODULES = ("wsgi", "app")
_CALLABLES = ("application", "app")


class LoadError(Exception):
    """An application cannot be loaded.

    :ivar rule: the name of the broken rule.
    :ivar values: what its message shows, as text.
    :ivar traceback: the traceback of what went wrong inside the application, or None.
    :ivar cause: the exception that was raised inside the application, or None.
    """

    def __init__(self, rule, *values):
        Exception.__init__(self, rule, *values)
        self.rule = rule
        self.values = values
        self.cause = sys.exc_info()[1]
        self.traceback = traceback.format_exc() if self.cause is not None else None


def load(spec, web_inf):
    """Return the WSGI application that a setting names, and its name.

    :param spec: ``package.module:callable``, ``package.module:factory()``,
        ``file.py:callable`` below WEB-INF, or None to look for ``application`` or
        ``app`` in ``WEB-INF/app/wsgi.py`` and ``WEB-INF/app/app.py``.
    :param web_inf: the path of WEB-INF as a directory of real files, or None.
    :raises LoadError: if there is no such application.
    """
    if spec is None:
        return _by_convention(web_inf)
    spec = spec.strip()
    match = _FILE_SPEC.match(spec)
    if match:
        module = _import_file(match.group("file"), web_inf)
        name = match.group("file")
    else:
        match = _SPEC.match(spec)
        if not match:
            raise LoadError("APP_MALFORMED", spec)
        name = match.group("module")
        module = _import(name)
    found = _attribute(module, name, match.group("callable"))
    if match.group("call"):
        found = _call(found, spec)
    return _checked(found, spec), spec


def _by_convention(web_inf):
    directory = os.path.join(web_inf, "app") if web_inf else None
    for name in _MODULES:
        if directory and os.path.isfile(os.path.join(directory, name + ".py")):
            module = _import(name)
            for attribute in _CALLABLES:
                if hasattr(module, attribute):
                    spec = name + ":" + attribute
                    return _checked(getattr(module, attribute), spec), spec
    raise LoadError("APP_ABSENT", _listing(directory))


def _import(name):
    try:
        __import__(name)
    except ImportError as e:
        if _is_absent(name, e):
            raise LoadError("MODULE_ABSENT", name, _suggestion(name), _shown_path())
        raise LoadError("MODULE_FAILED", name, _shown_path())
    except BaseException:
        # SystemExit too: a module that exits must not take the container with it.
        raise LoadError("MODULE_FAILED", name, _shown_path())
    return sys.modules[name]


def _import_file(path, web_inf):
    """Import a file by its path, under a name of its own, as a module like others."""
    whole = os.path.join(web_inf or "", path)
    if not os.path.isfile(whole):
        parent = os.path.dirname(whole)
        raise LoadError("FILE_ABSENT", path, _listing(parent))
    name = re.sub(r"\W", "_", path[: -len(".py")])
    if name in sys.modules and getattr(sys.modules[name], "__file__", None) == whole:
        return sys.modules[name]
    import imp

    try:
        return imp.load_source(name, whole)
    except BaseException:
        raise LoadError("MODULE_FAILED", path, _shown_path())


def _attribute(module, module_name, dotted):
    found = module
    for name in dotted.split("."):
        try:
            found = getattr(found, name)
        except AttributeError:
            raise LoadError("CALLABLE_ABSENT", module_name, dotted, _names(module))
    return found


def _call(factory, spec):
    try:
        return factory()
    except BaseException:
        raise LoadError("FACTORY_FAILED", spec)


def _checked(found, spec):
    if not callable(found):
        raise LoadError("NOT_CALLABLE", spec, "of type " + type(found).__name__)
    return found


def _is_absent(name, error):
    """Tell whether the module is missing, or something that it imports.

    Jython names the outermost missing part, "No module named a" for a.b, and gives the
    error a traceback of one frame, ours, when nothing of the module has run.
    """
    wanted = [".".join(name.split(".")[: i + 1]) for i in range(name.count(".") + 1)]
    last = [part.split(".")[-1] for part in wanted]
    missing = str(error).replace("No module named ", "").strip("'\"")
    frames = traceback.extract_tb(sys.exc_info()[2])
    return missing in wanted + last and len(frames) <= 1


def _suggestion(name):
    import difflib

    near = difflib.get_close_matches(name.split(".")[0], sorted(_importable()), 1)
    return " (did you mean '%s'?)" % near[0] if near else ""


def _importable():
    found = set()
    for directory in sys.path:
        if os.path.isdir(directory):
            for entry in os.listdir(directory):
                base, extension = os.path.splitext(entry)
                package = os.path.join(directory, entry, "__init__.py")
                if extension == ".py" or os.path.isfile(package):
                    found.add(base)
    return found


def _names(module):
    names = [name for name in dir(module) if callable(getattr(module, name, None))]
    return ", ".join(name for name in names if not name.startswith("_")) or "nothing"


def _listing(directory):
    if not directory or not os.path.isdir(directory):
        return "nothing"
    return ", ".join(sorted(os.listdir(directory))) or "nothing"


def _shown_path():
    return ", ".join(str(entry) for entry in sys.path)

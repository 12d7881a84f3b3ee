"""Imports a module by its name, or a file by its path, or explains why it cannot."""

from __future__ import absolute_import

import os
import re
import sys
import traceback
import types

from isthmus import absent, paths

_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789")
_OURS = ("isthmus.importing", "isthmus.loading")

# Explains an exception in place of isthmus.diagnosis, which knows Jython.
explain = None


class LoadError(Exception):
    """An application cannot be loaded.

    :ivar rule: the name of the broken rule.
    :ivar values: the values of its message, as text.
    :ivar traceback: the traceback of the failure inside the application, with the
        sys.path of that time, or None.
    :ivar cause: the exception that was raised inside the application, or None.
    """

    def __init__(self, rule, *values):
        Exception.__init__(self, rule, *values)
        self.rule = rule
        self.values = values
        self.cause = None
        self.traceback = None

    @classmethod
    def caused(cls, rule, name, *values):
        """Return the error for the exception that is being handled.

        :param rule: the broken rule if the exception itself suggests no better one.
        :param name: what failed: a module, a file or a factory.
        :param values: further values of that rule's message, before the exception.
        """
        kind, cause, frames = sys.exc_info()
        while frames is not None and _is_ours(frames.tb_frame):
            frames = frames.tb_next
        stack = traceback.extract_tb(frames)
        found, note = _diagnosis(cause, stack)
        if found and found.rule:
            rule, values = found.rule, found.values
        else:
            remark = "".join(found.values) if found else ""
            values += (absent.raised(kind, cause) + remark,)
        error = cls(rule, name, *values)
        if found and found.is_whole:
            error._set_traceback(kind, traceback.format_list(stack))
        else:
            error.set_cause(kind, cause, frames)
        error.traceback += note
        return error

    def set_cause(self, kind, cause, frames):
        """Record an exception as the cause of this one.

        The parameters are the result of sys.exc_info().
        """
        self.cause = cause
        self._set_traceback(kind, traceback.format_exception(kind, cause, frames))

    def _set_traceback(self, kind, lines):
        text = "".join(paths.native(line) for line in lines)
        # It is long, and does not help with other exceptions.
        is_missing = issubclass(kind, ImportError)
        path = "sys.path was: %s" % absent.path() if is_missing else ""
        self.traceback = (text + path).rstrip("\n")

    def __str__(self):
        text = "%s: %s" % (self.rule, ", ".join(self.values))
        return text if self.traceback is None else text + "\n" + self.traceback


def _is_ours(frame):
    return frame.f_globals.get("__name__") in _OURS


def _diagnosis(cause, stack):
    """Return the Finding or None, and the note of a failure to look for one."""
    try:
        if explain is not None:
            return explain(cause, stack), ""
        # Imported only now: a start without failures does not pay for it.
        from isthmus import diagnosis

        return diagnosis.of(cause, stack), ""
    except:  # noqa: E722 (Java exceptions too: see below)
        note = "\n\nIsthmus failed to explain this, which is a bug in Isthmus:\n"
        return None, note + paths.native(traceback.format_exc())


# A bare except catches SystemExit, which must not end the container, and Java
# exceptions, which do not derive from BaseException on Jython.


def imported(name, web_inf=None):
    """Import a module by its dotted name, and return it.

    :raises LoadError: if it is missing, or if running it fails.
    """
    try:
        # With a name to import, the result is the module and not its package.
        module = __import__(name, {}, {}, ["__name__"])
    except ImportError as e:
        if is_absent(name, e):
            near = absent.nearest_module(name)
            raise LoadError("MODULE_ABSENT", name, near, _place(web_inf), absent.path())
        raise LoadError.caused("MODULE_FAILED", name)
    except:  # noqa: E722
        raise LoadError.caused("MODULE_FAILED", name)
    return sys.modules.get(name, module)


def import_file(path, web_inf):
    """Import a file by its path, as a module like any other.

    From then on, its directory is at the end of sys.path. If an import would find this
    very file, the module has the name that the import gives it, else a unique one: two
    directories may both have an ``application.py``.
    """
    whole = source_path(path, web_inf)
    directory, base = os.path.split(whole)
    if directory not in sys.path:
        sys.path.append(directory)
    name, suffix = os.path.splitext(base)
    if suffix == ".py" and _finds(name, directory):
        return imported(name, web_inf)
    name = re.sub(r"\W", "_", os.path.splitext(path)[0])
    while name in sys.modules and file_of(sys.modules[name]) != whole:
        name += "_"
    return sys.modules.get(name) or execute(name, whole)


def source_path(path, web_inf):
    """Return the absolute path of a source, which is below WEB-INF if it is relative.

    :raises LoadError: if there is no such file.
    """
    whole = os.path.abspath(os.path.join(web_inf or "", path))
    if not os.path.isfile(whole):
        directory, name = os.path.split(whole)
        there = absent.entries(directory)
        near = absent.nearest(name, there)
        raise LoadError("FILE_ABSENT", path, near, absent.listed(there))
    return whole


def execute(name, path):
    """Run a source as a new module of this name, and return the module.

    Neither imp, which CPython 3.12 has removed, nor importlib's loaders, which Jython
    lacks: a module is a namespace in which its code has run.
    """
    module = types.ModuleType(name)
    module.__file__ = path
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        with open(path, "rb") as source:
            code = compile(source.read(), path, "exec", 0, True)
        exec(code, module.__dict__)
    except:  # noqa: E722
        if before is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = before
        raise LoadError.caused("MODULE_FAILED", path)
    return sys.modules.get(name, module)


def _finds(name, directory):
    """Tell whether ``import name`` has found, or would find, it in this directory."""
    is_name = is_dotted(name) and "." not in name
    if not is_name or name in sys.builtin_module_names:
        return False
    if name in sys.modules:
        file = file_of(sys.modules[name])
        return bool(file) and os.path.dirname(file) == directory
    import pkgutil

    for entry in paths.entries(sys.path):
        if entry and os.path.abspath(entry) == directory:
            # A package of the same name would come first.
            return not os.path.isdir(os.path.join(directory, name))
        importer = pkgutil.get_importer(entry)
        find = getattr(importer, "find_spec", None)
        find = find or getattr(importer, "find_module", None)
        if find and find(name) is not None:
            return False
    return False


def file_of(module):
    """Return the absolute path of a module's source or bytecode, or None."""
    file = getattr(module, "__file__", None)
    return os.path.abspath(file) if file else None


def is_dotted(name):
    """Tell whether this is one name, or several joined by dots, all in ASCII."""
    return all(
        part and _WORD.issuperset(part) and not part[0].isdigit()
        for part in name.split(".")
    )


def _place(web_inf):
    """Where modules belong: embedded, a program may have no such directory."""
    if not web_inf:
        return (
            "the directory python of the class path (src/main/python with Spring Boot,"
            " else src/main/resources/python)"
        )
    there = absent.listed(absent.entries(app_directory(web_inf)))
    return "WEB-INF/app, which contains: " + there


def app_directory(web_inf):
    """Return the directory of a web application's own modules; None without WEB-INF."""
    return os.path.join(web_inf, "app") if web_inf else None


def is_absent(name, error):
    """Tell whether the module itself is missing, or something that it imports.

    Jython names the outermost missing part, "No module named a" for a.b, and if nothing
    of the module has run, the error's traceback has a single frame, ours.
    """
    wanted = [".".join(name.split(".")[: i + 1]) for i in range(name.count(".") + 1)]
    last = [part.split(".")[-1] for part in wanted]
    missing = getattr(error, "name", None)
    if not missing:
        missing = absent.message(error).replace("No module named ", "").strip("'\"")
    frames = traceback.extract_tb(sys.exc_info()[2])
    return missing in wanted + last and len(frames) <= 1

"""Finds and imports the application named by isthmus.app, or explains a failure."""

from __future__ import absolute_import

import os
import re
import sys
import traceback
import types

from isthmus import absent, paths

# Text, not compiled: most applications are named by "module:callable", and the first
# match of a JVM loads a hundred classes (Jython keeps its state in a Guava cache). In
# ASCII, which \w is only on Python 2.
_PART = r"[A-Za-z_][A-Za-z0-9_]*"
_DOTTED = r"%s(?:\.%s)*" % (_PART, _PART)
_CALLABLE = r":(?P<callable>%s)(?:(?P<call>\(\))(?:\.(?P<of>%s))?)?$"
_CALLABLE %= (_DOTTED, _DOTTED)
_MODULE_SPEC = r"(?P<module>%s)%s" % (_DOTTED, _CALLABLE)
# A suffix or a slash distinguishes a path from a module.
_FILE_SPEC = r"(?P<file>.*(?:\.py|[/\\][^/\\:]*))" + _CALLABLE
_URI = r"egg:.|config:.*(?:[#/\\]|\.(?:ini|cfg|conf|paste)\s*$)"
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789")
_CLASS_PATH = "__pyclasspath__/"
_MODULES = ("wsgi", "app")
_CALLABLES = ("application", "app")

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
        ours = cls.caused.__code__.co_filename
        while frames is not None and frames.tb_frame.f_code.co_filename == ours:
            frames = frames.tb_next
        stack = traceback.extract_tb(frames)
        found, note = _diagnosis(cause, stack)
        if found:
            rule, values = found.rule, found.values
        else:
            values += (absent.raised(kind, cause),)
        error = cls(rule, name, *values)
        if found and found.is_whole:
            error._tell(kind, traceback.format_list(stack))
        else:
            error.tell(kind, cause, frames)
        error.traceback += note
        return error

    def tell(self, kind, cause, frames):
        """Record an exception as the cause of this one.

        The parameters are the result of sys.exc_info().
        """
        self.cause = cause
        self._tell(kind, traceback.format_exception(kind, cause, frames))

    def _tell(self, kind, lines):
        text = "".join(paths.native(line) for line in lines)
        # Which is long, and says nothing about other exceptions.
        is_missing = issubclass(kind, ImportError)
        path = "sys.path was: %s" % absent.path() if is_missing else ""
        self.traceback = (text + path).rstrip("\n")

    def __str__(self):
        text = "%s: %s" % (self.rule, ", ".join(self.values))
        return text if self.traceback is None else text + "\n" + self.traceback


def _diagnosis(cause, stack):
    """Return the Finding for an exception or None, and what failed while looking."""
    try:
        if explain is not None:
            return explain(cause, stack), ""
        # Imported only now: a start without failures does not pay for it.
        from isthmus import diagnosis

        return diagnosis.of(cause, stack), ""
    except:  # noqa: E722 (Java exceptions too: see below)
        note = "\n\nIsthmus could not say more of it, by a mistake of its own:\n"
        return None, note + paths.native(traceback.format_exc())


class Named(object):
    """The parts of isthmus.app, resolved step by step.

    :ivar spec: the whole text.
    :ivar file: the path of a file, absolute or below WEB-INF, or None.
    :ivar module_name: the module's dotted name, or None if it is a file.
    :ivar callable_name: the name, or dotted names, of the object in the module.
    :ivar is_made: True if the application is the result of calling a factory or a
        class.
    """

    def __init__(self, spec):
        self.spec = spec.strip()
        parts = _parts(self.spec)
        self.file = parts.get("file")
        self.is_made = bool(parts["call"])
        self.module_name = parts.get("module")
        self.callable_name = parts["callable"]
        self._of = parts["of"]

    def load(self, web_inf):
        """Import the module, and return the application."""
        return self.application(self.module(web_inf))

    def module(self, web_inf):
        """Import the module, or the file as a module, and return it."""
        if self.file:
            return _import_file(self.file, web_inf)
        return imported(self.module_name, web_inf)

    def application(self, module):
        """Return the application in a module, created by its factory if it has one."""
        found = _attribute(module, self._name(), self.callable_name)
        if self.is_made:
            found = _call(found, self.spec)
            if self._of:
                made = "%s()" % self.callable_name
                found = _attribute(found, made, self._of)
        return _checked(found, self.spec)

    def _name(self):
        return self.file or self.module_name


def _parts(spec):
    module, _, name = spec.partition(":")
    if _is_dotted(module) and _is_dotted(name) and not module.endswith(".py"):
        return {"module": module, "callable": name, "call": None, "of": None}
    match = re.match(_FILE_SPEC, spec) or re.match(_MODULE_SPEC, spec)
    if not match:
        raise LoadError("APP_MALFORMED", spec)
    return match.groupdict()


def _is_dotted(name):
    """Tell whether this is one name, or several joined by dots, all in ASCII."""
    return all(
        part and _WORD.issuperset(part) and not part[0].isdigit()
        for part in name.split(".")
    )


def load(spec, web_inf):
    """Return the WSGI application that a setting names, and its name.

    :param spec: ``package.module:callable``, ``package.module:factory()``,
        ``package.module:Class().method``, ``file.py:callable`` below WEB-INF, or None
        to look for ``application`` or ``app`` in ``WEB-INF/app/wsgi.py`` and
        ``WEB-INF/app/app.py``; or a URI of Paste Deploy's, ``config:app.ini#name`` or
        ``egg:Dist#entry``.
    :param web_inf: the path of WEB-INF as a directory of real files, or None.
    :raises LoadError: if there is no such application.
    """
    if spec is None:
        return _by_convention(web_inf)
    if is_uri(spec):
        from isthmus import paste_deploy

        return paste_deploy.load(spec, web_inf), spec.strip()
    named = Named(spec)
    return named.load(web_inf), named.spec


def is_uri(spec):
    """Tell whether isthmus.app is a Paste Deploy URI, not a module or file.

    ``config:make()`` is a callable of a module named config; a file has a suffix that
    configuration files have, a directory, or a section after it.
    """
    text = spec.strip()
    return text.startswith(("egg:", "config:")) and bool(re.match(_URI, text))


def _by_convention(web_inf):
    directory = _app(web_inf)
    for name in _MODULES:
        if directory and os.path.isfile(os.path.join(directory, name + ".py")):
            # By its path: a module of this name may come earlier on sys.path.
            module = _import_file("app/%s.py" % name, web_inf)
            for attribute in _CALLABLES:
                if hasattr(module, attribute):
                    spec = name + ":" + attribute
                    return _checked(getattr(module, attribute), spec), spec
    raise LoadError("APP_ABSENT", absent.listed(absent.entries(directory)))


def _place(web_inf):
    """Where modules belong: embedded, a program may have no such directory."""
    if not web_inf:
        return (
            "the directory python of the class path (src/main/python with Spring Boot,"
            " else src/main/resources/python)"
        )
    there = absent.listed(absent.entries(_app(web_inf)))
    return "WEB-INF/app, which contains: " + there


def _app(web_inf):
    return os.path.join(web_inf, "app") if web_inf else None


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


def _import_file(path, web_inf):
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
    while name in sys.modules and _file(sys.modules[name]) != whole:
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
    is_name = _is_dotted(name) and "." not in name
    if not is_name or name in sys.builtin_module_names:
        return False
    if name in sys.modules:
        file = _file(sys.modules[name])
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


def _file(module):
    """Return the absolute path of a module's source or bytecode, or None."""
    file = getattr(module, "__file__", None)
    return os.path.abspath(file) if file else None


def _shown(module):
    """Return where a module came from, for messages: a file, or the class path."""
    file = getattr(module, "__file__", None) or ""
    if file.startswith(_CLASS_PATH):
        # As Jython names what a class loader has found.
        name = file[len(_CLASS_PATH) :].replace("$py.class", ".py")
        return name + " on the class path"
    return _file(module) or "a " + type(module).__name__


def _attribute(found, name, dotted):
    # Check which module it is: Python may have one of the same name.
    file = _shown(found)
    for part in dotted.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            names = absent.callables(found)
            near = absent.nearest(part, names)
            available = absent.listed(names)
            if absent.is_empty(file):
                available += ", the file is empty"
            raise LoadError("CALLABLE_ABSENT", name, file, dotted, near, available)
        except:  # noqa: E722
            raise LoadError.caused("FACTORY_FAILED", "%s.%s" % (name, dotted))
    return found


def _call(factory, spec):
    if not callable(factory):
        raise LoadError("NOT_CALLABLE", spec, "of type " + type(factory).__name__)
    try:
        return factory()
    except:  # noqa: E722
        raise LoadError.caused("FACTORY_FAILED", spec)


def _checked(found, spec):
    if not callable(found):
        raise LoadError("NOT_CALLABLE", spec, "of type " + type(found).__name__)
    return found


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

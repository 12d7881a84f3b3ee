"""Finds the application that isthmus.app names, and calls its factory if it has one."""

from __future__ import absolute_import

import os
import re

from isthmus import absent, importing
from isthmus.importing import LoadError

# Compiled only when needed: most applications are named by "module:callable", and the
# first match in a JVM loads a hundred classes (Jython has a Guava cache for it).
# Letters are spelled out, because \w means ASCII only on Python 2.
_PART = r"[A-Za-z_][A-Za-z0-9_]*"
_DOTTED = r"%s(?:\.%s)*" % (_PART, _PART)
_CALLABLE = r":(?P<callable>%s)(?:(?P<call>\(\))(?:\.(?P<of>%s))?)?$"
_CALLABLE %= (_DOTTED, _DOTTED)
_MODULE_SPEC = r"(?P<module>%s)%s" % (_DOTTED, _CALLABLE)
# A suffix or a slash distinguishes a path from a module.
_FILE_SPEC = r"(?P<file>.*(?:\.py|[/\\][^/\\:]*))" + _CALLABLE
_URI = r"egg:.|config:.*(?:[#/\\]|\.(?:ini|cfg|conf|paste)\s*$)"
_CLASS_PATH = "__pyclasspath__/"
_MODULES = ("wsgi", "app")
_CALLABLES = ("application", "app")


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
            return importing.import_file(self.file, web_inf)
        return importing.imported(self.module_name, web_inf)

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
    are_dotted = importing.is_dotted(module) and importing.is_dotted(name)
    if are_dotted and not module.endswith(".py"):
        return {"module": module, "callable": name, "call": None, "of": None}
    match = re.match(_FILE_SPEC, spec) or re.match(_MODULE_SPEC, spec)
    if not match:
        raise LoadError("APP_MALFORMED", spec)
    return match.groupdict()


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

    ``config:make()`` is a callable of a module named config. What follows ``config:``
    in a URI has a directory, the suffix of a configuration file, or a section.
    """
    text = spec.strip()
    return text.startswith(("egg:", "config:")) and bool(re.match(_URI, text))


def _by_convention(web_inf):
    directory = importing.app_directory(web_inf)
    for name in _MODULES:
        if directory and os.path.isfile(os.path.join(directory, name + ".py")):
            # By its path: a module of this name may come earlier on sys.path.
            module = importing.import_file("app/%s.py" % name, web_inf)
            for attribute in _CALLABLES:
                if hasattr(module, attribute):
                    spec = name + ":" + attribute
                    return _checked(getattr(module, attribute), spec), spec
    raise LoadError("APP_ABSENT", absent.listed(absent.entries(directory)))


def _shown(module):
    """Return where a module came from, for messages: a file, or the class path."""
    file = getattr(module, "__file__", None) or ""
    if file.startswith(_CLASS_PATH):
        # As Jython names what a class loader has found.
        name = file[len(_CLASS_PATH) :].replace("$py.class", ".py")
        return name + " on the class path"
    return importing.file_of(module) or "a " + type(module).__name__


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

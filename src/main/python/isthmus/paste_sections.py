"""Follows Paste Deploy from section to section, to locate errors in a configuration.

Its own errors name neither the file nor the key, and a cycle causes deep recursion.
"""

from __future__ import absolute_import

import codecs
import functools
import os
import re
import sys

from isthmus import absent, importing, paste_deploy, paste_eggs

try:
    import configparser
    from urllib.parse import unquote
except ImportError:  # Python 2
    from urllib import unquote

    import ConfigParser as configparser

_FACTORY = re.compile(r"paste\.\w+_(?:factory|runner)$")
_SCHEMES = ("config", "egg", "call")
_CALLABLE = re.compile(r"\s*([A-Za-z_][\w.]*)\s*:\s*([A-Za-z_][\w.]*)\s*(?:\[.*)?$")


class Place(object):
    """A section, as messages show it.

    :ivar key: two places with equal keys are the same.
    """

    def __init__(self, loader, section):
        self._loader = loader
        self.section = section
        self.key = (loader.filename, section)

    def __str__(self):
        return "[%s] in %s" % (self.section, self._loader.filename)

    def naming(self, value):
        """Return what names a value, as messages show it: its key, and the section.

        :param value: a URI, or the name of a section at the end of a URI.
        """
        for key, text in self._loader.texts(self.section):
            for word in [text] + text.split():
                name = word.partition("#")[2] or "main"
                if word == value or (":" in word and name == value):
                    return self.key_place(key)
        return str(self)

    def key_place(self, key):
        return "'%s' of %s" % (key, self)


class Reading(object):
    """The loading of one application from its configuration; a context manager.

    Meanwhile, Paste Deploy reads its files through a class that reports each section.
    Within an interpreter, applications are loaded one at a time.

    :param loadwsgi: Paste Deploy's module of loaders.
    :param spec: isthmus.app.
    """

    def __init__(self, loadwsgi, spec):
        self._loadwsgi = loadwsgi
        self._spec = spec
        self._trail = []
        self._original = loadwsgi.ConfigLoader

    def __enter__(self):
        self._loadwsgi.ConfigLoader = _loader(self._original, self)
        return self

    def __exit__(self, *exc_info):
        self._loadwsgi.ConfigLoader = self._original

    def application(self, uri, name):
        """Return the application of a URI whose file, if any, is absolute."""
        try:
            self.look_at(self._loadwsgi.APP, "isthmus.app", uri + "#" + name, None)
            found = self._loadwsgi.loadapp(uri, name=name)
        except importing.LoadError:
            raise
        except:  # noqa: E722
            # Paste Deploy's errors about an egg's factory, and anything unforeseen.
            raise importing.LoadError.caused("CONFIG_FACTORY", self._spec)
        if not callable(found):
            kind = "of type " + type(found).__name__
            raise importing.LoadError("NOT_CALLABLE", self._spec, kind)
        return found

    def inside(self, place, step, *arguments, **keywords):
        """Enter a section, which must not lead back into itself."""
        trail = [str(above) for above in self._trail]
        if place.key in [above.key for above in self._trail]:
            first = trail.index(str(place))
            circle = trail[first:] + [str(place)]
            raise importing.LoadError("CONFIG_CYCLE", ", then ".join(circle))
        self._trail.append(place)
        try:
            return step(*arguments, **keywords)
        finally:
            self._trail.pop()

    def create(self, context, place):
        """Create what a section describes; report whatever its factory raises."""
        try:
            return self.inside(place, type(context).create, context)
        except importing.LoadError:
            raise
        except:  # noqa: E722
            raise importing.LoadError.caused("CONFIG_FACTORY", str(place))

    def who(self, value):
        """Return what names a value, as messages show it."""
        return self._trail[-1].naming(value) if self._trail else "isthmus.app"

    def look_at(self, object_type, who, uri, directory):
        """Raise LoadError for a URI that leads nowhere.

        :param who: what names it.
        :param directory: the directory that a relative file is in, or None.
        """
        scheme, _, rest = uri.partition(":")
        path, _, name = rest.partition("#")
        scheme = scheme.lower()
        if scheme == "egg":
            _look_at_egg(object_type, who, path, name or "main")
        elif scheme == "call":
            _look_at_callable(who, rest)
        elif scheme != "config":
            near = absent.nearest(scheme, _SCHEMES)
            why = "Paste Deploy knows config:, egg: and call:" + near
            raise importing.LoadError("CONFIG_USE", who, uri, why)
        elif directory:
            file = os.path.join(directory, unquote(path))
            if not os.path.isfile(file):
                raise paste_deploy.absent_file(who, unquote(path), [file])


def _distribution(who, uri, spec):
    try:
        return paste_eggs.find(spec)
    except paste_eggs.Absent:
        names = paste_eggs.names()
        why = "%s%s" % (sys.exc_info()[1], absent.nearest(spec, names))
        raise importing.LoadError("CONFIG_EGG", who, uri, why, absent.listed(names))
    except paste_eggs.Malformed:
        raise importing.LoadError("CONFIG_USE", who, uri, str(sys.exc_info()[1]))


def _look_at_egg(object_type, who, spec, name):
    uri = "egg:%s#%s" % (spec, name)
    distribution, entries = _distribution(who, uri, spec)
    found = entries(sum(object_type.egg_protocols, []))
    if name not in found:
        near = absent.nearest(name, found)
        why = "%s has no entry point '%s' for that%s" % (distribution, name, near)
        available = absent.listed(sorted(found))
        raise importing.LoadError("CONFIG_EGG", who, uri, why, available)
    _import(who, *found[name])


def _look_at_callable(who, value):
    """Raise LoadError unless this is an existing ``package.module:callable``."""
    match = _CALLABLE.match(value)
    if not match:
        why = "it is not of the form package.module:callable"
        raise importing.LoadError("CONFIG_USE", who, value, why)
    _import(who, *match.groups())


def _import(who, name, dotted):
    try:
        found = importing.imported(name)
    except importing.LoadError as e:
        if e.rule == "MODULE_ABSENT":
            why = "there is no module '%s'%s" % (name, e.values[1])
            raise importing.LoadError("CONFIG_USE", who, name + ":" + dotted, why)
        # The message has its file and line, but not yet the place that names it.
        e.values = ("%s (%s)" % (name, who),) + e.values[1:]
        raise
    for part in dotted.split("."):
        if not hasattr(found, part):
            near = absent.nearest(part, absent.callables(found))
            why = "'%s' has no attribute '%s'%s" % (name, part, near)
            raise importing.LoadError("CONFIG_USE", who, name + ":" + dotted, why)
        found = getattr(found, part)


def _look_at_mark(filename):
    """Raise LoadError for a byte order mark, which Python 2 takes for text.

    Skipped here, it would still stop other readers of the file, such as logging.
    """
    with open(filename, "rb") as file:
        first = file.read(len(codecs.BOM_UTF8))
    utf16 = first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if utf16 or first == codecs.BOM_UTF8:
        why = "it begins with a byte order mark: save it as UTF-8 without one"
        raise importing.LoadError("CONFIG_SYNTAX", filename, why)


def _loader(original, reading):
    """Return Paste Deploy's file reader class, reporting its steps to a Reading."""

    class Loader(original):
        def __init__(self, filename):
            _look_at_mark(filename)
            try:
                original.__init__(self, filename)
            except configparser.Error:
                why = " ".join(str(sys.exc_info()[1]).split())
                raise importing.LoadError("CONFIG_SYNTAX", filename, why)

        def texts(self, section):
            """Return the keys and values of a section, as written in the file."""
            if not self.parser.has_section(section):
                return []
            options = self.parser.options(section)
            return [(o, self.parser.get(section, o, raw=True)) for o in options]

        def get_context(self, object_type, name=None, global_conf=None):
            step = original.get_context
            if self.absolute_name(name):
                directory = os.path.dirname(self.filename)
                who = reading.who(name)
                reading.look_at(object_type, who, name, directory)
                return step(self, object_type, name, global_conf)
            place = Place(self, self._section(object_type, name))
            context = reading.inside(
                place, self._read, place, object_type, name, global_conf
            )
            context.create = functools.partial(reading.create, context, place)
            return context

        def _section(self, object_type, name):
            try:
                return self.find_config_section(object_type, name=name)
            except LookupError:
                why = str(sys.exc_info()[1])
            who = reading.who(name)
            if why.startswith("Ambiguous"):
                raise importing.LoadError("CONFIG_USE", who, name, why)
            prefixes = sum(object_type.config_prefixes, [])
            pairs = [s.partition(":")[::2] for s in self.parser.sections()]
            near = [n.strip() for prefix, n in pairs if prefix in prefixes]
            raise importing.LoadError(
                "CONFIG_SECTION",
                who,
                self.filename,
                "%s:%s" % (prefixes[0], name),
                absent.nearest(name, near),
                absent.listed(self.parser.sections()),
            )

        def _read(self, place, object_type, name, global_conf):
            self._look_at_values(place)
            for key, text in self.texts(place.section):
                if _FACTORY.match(key):
                    _look_at_callable(place.key_place(key), text)
                for spec in text.split() if key == "require" else ():
                    _distribution(place.key_place(key), spec, spec)
            try:
                return original.get_context(self, object_type, name, global_conf)
            except importing.LoadError:
                raise
            except Exception:
                why = _told(sys.exc_info()[1], place.section)
                raise importing.LoadError("CONFIG_INCOMPLETE", str(place), why)

        def _look_at_values(self, place):
            """Raise LoadError for a value that refers to something missing."""
            for key in self.parser.options(place.section):
                try:
                    self.parser.get(place.section, key)
                except Exception:
                    e = sys.exc_info()[1]
                    known = self.parser.options(place.section)
                    missing = getattr(e, "reference", None)
                    near = absent.nearest(missing, known) if missing else ""
                    if missing:
                        why = "there is no '%s' in the section or [DEFAULT]%s"
                        why %= (missing, near)
                    else:
                        why = " ".join(str(e).split())
                    text = dict(self.texts(place.section))[key]
                    raise importing.LoadError(
                        "CONFIG_VALUE", key, str(place), text, why
                    )

    return Loader


def _told(error, section):
    if isinstance(error, KeyError):
        return "a 'get' of it wants %s, which is in no [DEFAULT] and no 'set'" % error
    if isinstance(error, TypeError) and section.startswith("pipeline"):
        # PasteDeploy 1.5.2 fails when it tries to report this itself.
        return "a pipeline has no key but 'pipeline' and 'filter-with'"
    return " ".join(str(error).split())

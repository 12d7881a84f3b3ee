"""Loads what isthmus.app names by a URI of Paste Deploy: config:app.ini#x, egg:Dist#x.

Paste Deploy does the rest. This module only adds where to look for a relative file,
and explains errors in a configuration.
"""

from __future__ import absolute_import

import os
import sys
import warnings

from isthmus import absent, importing

try:
    from urllib.parse import quote
except ImportError:  # Python 2
    from urllib import quote

# (module, what it is, what to install), each one needed by the next.
_NEEDED = [("paste.deploy.loadwsgi", "Paste Deploy", "PasteDeploy>=3")]
if str is bytes:
    _NEEDED = [
        ("pkg_resources", "pkg_resources", "setuptools==44.1.1"),
        ("paste.deploy.loadwsgi", "Paste Deploy", "PasteDeploy==2.1.1"),
    ]


def load(spec, web_inf):
    """Return the WSGI application that a URI names.

    :param spec: ``config:file.ini``, ``config:file.ini#name`` or ``egg:Dist#entry``.
        A relative file is below WEB-INF, or else below WEB-INF/app.
    :param web_inf: the path of WEB-INF as a directory of real files, or None.
    :raises LoadError: if there is no such application.
    """
    spec = spec.strip()
    loadwsgi = _library(spec)
    # Imported only now: they need the libraries, and other applications do without.
    from isthmus import paste_eggs, paste_sections

    paste_eggs.see_all_of_path()
    uri, _, name = spec.partition("#")
    scheme, _, path = uri.partition(":")
    if scheme == "config":
        uri = "config:" + quote(_file(path, web_inf))
    with paste_sections.Reading(loadwsgi, spec) as reading:
        return reading.application(uri, name or "main")


def _library(spec):
    """Import Paste Deploy, and return its module of loaders."""
    for module, name, wanted in _NEEDED:
        try:
            __import__(module)
        except ImportError:
            error = importing.LoadError("DEPLOY_ABSENT", spec, name, wanted)
            error.set_cause(*sys.exc_info())
            raise error
        except:  # noqa: E722 (Java exceptions too: see loading)
            # A release for another Python.
            raise importing.LoadError.caused("MODULE_FAILED", module)
    # PasteDeploy 1.5.2 calls setuptools as it was in 2013.
    warnings.filterwarnings(
        "ignore", "Parameters to load are deprecated", module=r"paste\.deploy"
    )
    return sys.modules["paste.deploy.loadwsgi"]


def _file(path, web_inf):
    base = web_inf or ""
    places = [os.path.join(base, path), os.path.join(base, "app", path)]
    for place in places:
        if os.path.isfile(place):
            return os.path.abspath(place)
    raise absent_file("isthmus.app", path, places)


def absent_file(who, path, places):
    """Return the LoadError for a file that is in none of these places.

    :param who: the place that names it.
    """
    directories = [os.path.dirname(os.path.abspath(place)) for place in places]
    directories = sorted(set(directories), key=directories.index)
    there = sum((absent.entries(directory) for directory in directories), [])
    near = absent.nearest(os.path.basename(path), there)
    values = who, path, near, ", ".join(directories), absent.listed(there)
    return importing.LoadError("CONFIG_FILE", *values)

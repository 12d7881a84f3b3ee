"""Imports modules before any request, because requests would import them concurrently.

Two concurrent first imports can deadlock (Jython issue 321).
"""

from __future__ import absolute_import

from isthmus import absent
from isthmus.importing import LoadError, is_absent


def preload(names):
    """Import each module.

    :param names: an iterable of dotted names
    :raises LoadError: if one of them cannot be imported.
    """
    for name in names:
        try:
            __import__(name)
        except ImportError as e:
            if not is_absent(name, e):
                raise LoadError.caused("PRELOAD_FAILED", name, "")
            near, raised = absent.nearest_module(name), absent.raised(type(e), e)
            error = LoadError("PRELOAD_FAILED", name, near, raised)
            # Without frames: there are none but ours.
            error.set_cause(type(e), e, None)
            raise error
        except:  # noqa: E722 (SystemExit and Java exceptions too: see loading)
            raise LoadError.caused("PRELOAD_FAILED", name, "")

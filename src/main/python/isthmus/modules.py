"""The modules that this interpreter has loaded, for the status page."""

from __future__ import absolute_import

import sys


def loaded():
    """Return name, version and file of each, as native strings, in order of names.

    Nothing is asked but a module's own dictionary: a module that imports at the first
    look at an attribute stays as it is. An entry that is no module is not shown.
    """
    rows = []
    for name, module in sorted(sys.modules.items()):
        values = getattr(module, "__dict__", None)
        if not isinstance(name, str) or values is None:
            continue
        try:
            version = values.get("__version__") or values.get("VERSION") or ""
            rows.append((name, _shown(version), _shown(values.get("__file__") or "")))
        except Exception:
            # No other module's row is to be missing for one whose values are strange.
            rows.append((name, "", ""))
    return rows


def _shown(value):
    if isinstance(value, tuple):
        value = ".".join(str(part) for part in value)
    return str(value)[:300]

"""The modules that this interpreter has loaded, for the status page."""

from __future__ import absolute_import

import sys


def loaded():
    """Return name, version and file of each, as native strings, sorted by name.

    Reads only a module's own dictionary, so that a module which imports lazily on
    attribute access is unaffected. Entries that are not modules are left out.
    """
    rows = []
    for name, module in sorted(sys.modules.items()):
        values = getattr(module, "__dict__", None)
        if not isinstance(name, str) or values is None:
            continue
        try:
            version = values.get("__version__") or values.get("VERSION") or ""
            rows.append((name, _text(version), _text(values.get("__file__") or "")))
        except Exception:
            # One module with strange values must not hide the rows of others.
            rows.append((name, "", ""))
    return rows


def _text(value):
    if isinstance(value, tuple):
        value = ".".join(str(part) for part in value)
    return str(value)[:300]

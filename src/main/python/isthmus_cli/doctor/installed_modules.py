"""Whether a virtual environment may have a module, however it is installed there.

Editable installs have no files of their own: a .pth names their directories, or imports
a finder that has their names (setuptools' __editable___*_finder.py, and others').
"""

import os
import re

from isthmus_cli.cpython import environments

_SYSTEM = re.compile(r"(?mi)^include-system-site-packages\s*=\s*true\b")


def may_have(place, module):
    """
    :param place: the path of the environment.
    :param module: its name, without a dot.
    """
    if _SYSTEM.search(_text(place / environments.MARK)):
        # Whose libraries are not looked for.
        return True
    sites = [site for way in environments.LIBRARIES for site in place.glob(way)]
    return any(_holds(site, module) or _leads_to(site, module) for site in sites)


def _holds(directory, module):
    starts = (module + ".", module + "$")
    try:
        names = os.listdir(directory)
    except (OSError, ValueError):
        return False
    return any(name == module or name.startswith(starts) for name in names)


def _leads_to(site, module):
    paths = list(site.glob("*.pth"))
    texts = [_text(path) for path in [*paths, *site.glob("*editable*.py")]]
    if any(re.search(r"\b%s\b" % re.escape(module), text) for text in texts):
        return True
    lines = [line.strip() for text in texts[: len(paths)] for line in text.splitlines()]
    return any(_holds(site / line, module) for line in lines if line)


def _text(path):
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""

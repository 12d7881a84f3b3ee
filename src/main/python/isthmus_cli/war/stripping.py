"""Removes files of libraries that nothing needs at run time."""

import fnmatch

_DIRECTORIES = ("tests", "docs", "doc", "examples")
_DIRECTORIES_AT_TOP = ("bin",)
_FILES = ("*.pyi", "py.typed", "*.[ch]", "*.pyx")
_EXTENSIONS = ("*.so", "*.pyd", "*.dll", "*.dylib")


def stripped(files, has_extensions=False):
    """{name: path} without tests, documentation, scripts and stubs.

    :param has_extensions: whether C extensions stay: they are dead on Jython.
    """
    dead = _FILES if has_extensions else _FILES + _EXTENSIONS
    return {name: path for name, path in files.items() if not _is_dead(name, dead)}


def _is_dead(name, patterns):
    *folders, last = name.split("/")
    if any(fnmatch.fnmatchcase(last, pattern) for pattern in patterns):
        return True
    # At the top level, these are packages that the user has chosen to install.
    inner = any(folder in _DIRECTORIES for folder in folders[1:])
    return inner or folders[:1] == [*_DIRECTORIES_AT_TOP]

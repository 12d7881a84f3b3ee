"""Removes files of libraries that nothing needs at run time."""

import fnmatch

_DIRECTORIES = ("tests", "docs", "doc", "examples")
_DIRECTORIES_AT_TOP = ("bin",)
_FILES = ("*.pyi", "py.typed", "*.so", "*.pyd", "*.dll", "*.dylib", "*.[ch]", "*.pyx")


def stripped(files):
    """{name: path} without tests, documentation, scripts, stubs and C extensions."""
    return {name: path for name, path in files.items() if not _is_dead(name)}


def _is_dead(name):
    *folders, last = name.split("/")
    if any(fnmatch.fnmatchcase(last, pattern) for pattern in _FILES):
        return True
    # At the top level, these are packages that the user has chosen to install.
    inner = any(folder in _DIRECTORIES for folder in folders[1:])
    return inner or folders[:1] == [*_DIRECTORIES_AT_TOP]

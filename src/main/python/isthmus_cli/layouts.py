"""Where a project keeps its packages: beside pyproject.toml, in src/, or as configured.

The conventions are those of setuptools (package-dir, packages.find), hatch (packages,
sources), Poetry (packages), PDM (package-dir) and uv (module-root).
"""

import configparser
from pathlib import PurePosixPath

from isthmus_cli import project

# By these, sys.path may have modules that are none of the sources.
ADDING = (".egg", ".pth", ".whl", ".zip")

_SRC = "src"


def roots(directory):
    """Return the directories that a project imports modules from, its own first."""
    named = [*_of_pyproject(project.read(directory)), *_of_setup(directory), _SRC]
    places = [directory / name for name in named if _is_below(name)]
    found = {path.resolve(): path for path in reversed([directory, *places])}
    return [path for path in reversed(found.values()) if path.is_dir()]


def modules(directory, names):
    """Yield the names that sources are imported by.

    :param directory: the project's, or a part of it.
    :param names: paths of files below it; those that are no sources are ignored.
    """
    others = [path for path in roots(directory) if path != directory]
    places = [path.relative_to(directory).as_posix() + "/" for path in others]
    for name in names:
        if name.endswith(".py"):
            inner = [len(place) for place in places if name.startswith(place)]
            yield name[max(inner, default=0) : -len(".py")].replace("/", ".")


def _is_below(name):
    return not PurePosixPath(name).is_absolute() and ".." not in name.split("/")


def _of_pyproject(pyproject):
    setuptools = _at(pyproject, "tool", "setuptools")
    yield from _of_packages(_at(setuptools, "package-dir"))
    yield from _strings(_at(setuptools, "packages", "find").get("where"))
    for table in (
        _at(pyproject, "tool", "hatch", "build"),
        _at(pyproject, "tool", "hatch", "build", "targets", "wheel"),
    ):
        for path in _strings(table.get("packages")):
            yield str(PurePosixPath(path).parent)
        yield from _strings(table.get("sources"))
    packages = _at(pyproject, "tool", "poetry").get("packages")
    for package in packages if isinstance(packages, list) else ():
        yield from _strings(_at(package).get("from"))
    yield from _strings(_at(pyproject, "tool", "pdm", "build").get("package-dir"))
    yield from _strings(
        _at(pyproject, "tool", "uv", "build-backend").get("module-root")
    )


def _of_packages(table):
    """The meaning of `package-dir`: {"": root}, or {package: its directory}."""
    for package, path in table.items():
        if isinstance(path, str):
            depth = len(package.split(".")) if package else 0
            parts = PurePosixPath(path).parts
            yield str(PurePosixPath(*parts[: max(len(parts) - depth, 0)]))


def _of_setup(directory):
    """The roots in setup.cfg, as for setuptools."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read(directory / "setup.cfg", encoding="utf-8-sig")
        lines = parser.get("options", "package_dir", fallback="").splitlines()
        where = parser.get("options.packages.find", "where", fallback="")
    except (configparser.Error, UnicodeDecodeError):
        return
    pairs = [line.partition("=")[::2] for line in lines if "=" in line]
    yield from _of_packages({name.strip(): path.strip() for name, path in pairs})
    yield from where.split()


def _at(table, *keys):
    """The table at the end of these keys; empty if there is none."""
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _strings(value):
    """A string, a list of strings, or the keys of a table, as a list."""
    values = [value] if isinstance(value, str) else value
    return [v for v in values if isinstance(v, str)] if values else []

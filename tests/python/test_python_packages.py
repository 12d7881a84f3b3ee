"""The arrows among the packages of Python; ArrowsTest has those among Java's."""

import ast
import shutil
import subprocess
import sys

import pytest

from paths import TARGET

SOURCES = TARGET.parent / "src" / "main" / "python"
JAVA = {"java", "javax", "jakarta", "org", "com"}


def _imported(package):
    """The full names that a module, or the modules of a package, import anywhere."""
    place = SOURCES / package
    for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ("%s.%s" % (node.module, name.name) for name in node.names)


def _below(package):
    prefix = package.replace("/", ".") + "."
    return lambda name: (name + ".").startswith(prefix)


@pytest.mark.parametrize("package", ["isthmus/middleware", "isthmus/compat"])
def test_package_for_any_server_imports_nothing_else_of_isthmus(package):
    names = [name for name in _imported(package) if _below("isthmus")(name)]
    assert names
    # The class by which it recognizes the container's session.
    others = {name for name in names if not _below(package)(name)}
    assert others <= {"isthmus.session"}


def test_session_is_imported_where_nothing_else_of_isthmus_is(tmp_path):
    (tmp_path / "isthmus").mkdir()
    for name in "__init__.py", "session.py":
        shutil.copy(SOURCES / "isthmus" / name, tmp_path / "isthmus")
    command = [sys.executable, "-c", "import isthmus.session"]
    subprocess.run(command, cwd=tmp_path, check=True)


def test_worker_imports_neither_jython_nor_the_tool_nor_java():
    names = list(_imported("isthmus_worker"))
    assert any(_below("isthmus")(name) for name in names)
    for other in ("isthmus/jython", "isthmus_cli"):
        assert not [name for name in names if _below(other)(name)]
    assert not JAVA & {name.split(".")[0] for name in names}


@pytest.mark.parametrize("package", ["isthmus", "isthmus_worker"])
def test_what_runs_in_a_container_does_not_import_the_tool(package):
    assert not [name for name in _imported(package) if _below("isthmus_cli")(name)]

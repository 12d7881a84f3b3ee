"""The sources refute an application's name only if it certainly is not there.

Nothing is installed or started: what counts is whether the command gets that far.
"""

import os
import socket
import venv

import pytest

from isthmus_cli import engines
from war_project import make

PYPROJECT = '[project]\nname = "x"\nversion = "1"\ndependencies = []\n'
LOCK = 'lock-version = "1.0"\ncreated-by = "x"\npackages = []\n'


@pytest.fixture
def project(tmp_path, monkeypatch, isthmus):
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    return make(tmp_path, monkeypatch, isthmus)


@pytest.fixture
def checked(monkeypatch, isthmus):
    """What a command says of an application's name; "" if it does not object."""
    reached = []

    def stop(*args):
        reached.append(args)
        raise KeyboardInterrupt

    # What comes next in both commands.
    monkeypatch.setattr(engines, "choose", stop)

    def run(*words):
        reached.clear()
        output = isthmus(*words).err
        assert reached or output.startswith("IS0211: "), output
        return "" if reached else output

    return run


def _environment(project, files=()):
    venv.create(project.directory / ".venv", symlinks=True)
    (place,) = (project.directory / ".venv").glob("lib/python3*/site-packages")
    for name, text in dict(files).items():
        (place / name).write_text(text)


@pytest.mark.parametrize(
    "app, requirement, own",
    [
        ("graphite.wsgi:application", "graphite-web", "graphite_settings.py"),
        ("graphite.wsgi:application", "graphite-web", "conf/wsgi.py"),
        # As near as can be, and yet that of a library.
        ("graphite.wsgi:application", "graphite-web", "graphite_.py"),
        ("superset.app:create_app()", "apache-superset", "supersets/app.py"),
        # One part of a namespace package is the project's, another the library's.
        ("shop.wsgi:app", "things", "shop/web.py"),
    ],
)
def test_module_of_a_library_may_resemble_the_projects_own(
    project, checked, app, requirement, own
):
    project.write(own)
    project.write("requirements.txt", requirement + "\n")
    for command in ("war", "serve"):
        assert not checked(command, app)


def test_package_that_only_the_project_can_have_is_refused(project, checked):
    project.write("requirements.txt", "things\n")
    project.write("shop/__init__.py", "")
    project.write("shop/web.py")
    for command in ("war", "serve"):
        assert "'shop.web'" in checked(command, "shop.wbe:application")
    project.write("shop/__init__.py", "__path__ = extend_path(__path__, __name__)\n")
    assert not checked("war", "shop.wbe:application")


@pytest.mark.parametrize(
    "name, text",
    [
        ("pylock.toml", LOCK),
        ("pylock.web.toml", LOCK),
        ("uv.lock", ""),
        ("poetry.lock", ""),
        ("Pipfile", ""),
        ("src/requirements.txt", "lent-wsgi\n"),
        ("src/pylock.toml", LOCK),
    ],
)
def test_libraries_are_known_wherever_war_takes_them_from(project, checked, name, text):
    # So that src is the application's root.
    project.write("src/lent/__init__.py", "")
    assert checked("war", "lent.wsgi:app")
    project.write(name, text)
    for command in ("war", "serve"):
        assert not checked(command, "lent.wsgi:app")


@pytest.mark.parametrize(
    "words",
    [
        ["--group=web"],
        ["-r", "pyproject.toml", "--extra=web"],
        ["-r", "pylock.web.toml"],
        ["--lib=lib"],
    ],
)
def test_libraries_are_known_however_they_are_requested(project, checked, words):
    more = '[project.optional-dependencies]\nweb = ["nowhere"]\n'
    more += '[dependency-groups]\nweb = ["nowhere"]\n'
    project.write("other.py")
    project.write("lib/unrelated.py")
    project.write("pyproject.toml", PYPROJECT + more)
    assert checked("war", "elsewhere:app")
    if "pylock.web.toml" in words:
        project.write("pylock.web.toml", LOCK)
    for command in ("war", "serve"):
        assert not checked(command, "elsewhere:app", *words)


@pytest.mark.parametrize("kind", ["link", "socket"])
def test_file_that_cannot_be_packed_is_not_in_the_way(project, checked, kind):
    project.write("hello.py")
    place = project.directory / "unreadable"
    with socket.socket(socket.AF_UNIX) as opened:
        if kind == "link":
            place.symlink_to("nowhere")
        else:
            opened.bind(os.path.relpath(place))
        for command in ("war", "serve"):
            # No names of modules are known, so that none is suggested.
            output = checked(command, "helo:app")
            assert output and "mean" not in output
        project.write("requirements.txt", "nowhere\n")
        for command in ("war", "serve"):
            assert checked(command, "helo:app") == ""


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"x.pth": "/nowhere\n"},
        {"__editable___x_finder.py": "MAPPING = {'elsewhere': '/nowhere'}\n"},
    ],
)
def test_environment_may_have_more_than_it_lists(project, checked, files):
    project.write("hello.py")
    assert checked("serve", "elsewhere:app")
    _environment(project, files=files)
    assert not checked("serve", "elsewhere:app")
    assert "'hello'" in checked("serve", "helo:app")


def test_editable_install_may_resemble_the_projects_own_module(project, checked):
    project.write("shops.py")
    project.write("../other/shop/__init__.py")
    _environment(project, files={"x.pth": "import sys\n\n"})
    assert checked("serve", "shop:application")
    (site,) = (project.directory / ".venv").glob("lib/python3*/site-packages")
    ways = {
        "x.pth": "%s\n" % (project.directory.parent / "other"),
        "__editable___x_finder.py": "MAPPING = {'shop': '/nowhere'}\n",
        "shop.py": "",
    }
    for name, text in ways.items():
        (site / name).write_text(text)
        assert not checked("serve", "shop:application"), name
        (site / name).unlink()
    mark = project.directory / ".venv" / "pyvenv.cfg"
    with open(mark, "a", encoding="utf-8") as file:
        file.write("include-system-site-packages = true\n")
    assert not checked("serve", "shop:application")


@pytest.mark.parametrize(
    "name", ["web.cpython-313-x86_64-linux-gnu.so", "web$py.class"]
)
def test_module_may_be_compiled(project, checked, name):
    project.write("webs.py")
    project.write(name, b"")
    assert not checked("serve", "web:app")


@pytest.mark.parametrize("module", [".b", "a..b", "..", "hello."])
def test_module_without_a_name_between_its_dots_is_refused(project, checked, module):
    project.write("hello.py")
    for command in ("war", "serve"):
        assert checked(command, module + ":app")


def test_environment_of_an_unknown_python_is_reported(project, isthmus):
    project.write("hello.py", "async def x(): pass\napplication = print\n")
    _environment(project)
    mark = project.directory / ".venv" / "pyvenv.cfg"
    mark.write_text("home = /usr/bin\n")
    output = isthmus("doctor", "--engine=cpython").out
    assert ".venv: Python 3\n" in output and "None" not in output, output

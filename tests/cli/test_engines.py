"""Which engine an application gets, and why."""

import pytest

from isthmus_cli import engines, main

BOTH = "def application(environ, start_response):\n    return [b'']\n"


@pytest.fixture
def choose(tmp_path, monkeypatch):
    """The Choice for a project of these files."""
    monkeypatch.chdir(tmp_path)

    def chosen(named=None, **files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_text(text, encoding="utf-8")
        return engines.choose(named, tmp_path)

    return chosen


def test_what_is_named_is_taken(choose):
    assert choose("jython", app__py="f'{1}'\n").name == "jython"
    assert choose("cpython", app__py="print 1\n").name == "cpython"


def test_what_runs_on_both_goes_to_jython(choose):
    assert choose(app__py=BOTH).name == "jython"


@pytest.mark.parametrize(
    "requires, name",
    [
        (">=3.9", "cpython"),
        (">=3.13", "cpython"),
        ("==3.13.*", "cpython"),
        ("==2.7.*", "jython"),
        ("<3", "jython"),
    ],
)
def test_requires_python_decides_before_the_sources(choose, requires, name):
    other = "print 1\n" if name == "cpython" else "f'{1}'\n"
    text = '[project]\nname = "x"\nrequires-python = "%s"\n' % requires
    choice = choose(app__py=other, pyproject__toml=text)
    assert choice.name == name and requires in choice.why


@pytest.mark.parametrize(
    "python, name",
    [
        ("^3.12", "cpython"),
        ("~3.9", "cpython"),
        ("3.*", "cpython"),
        (">=3.8,<4.0", "cpython"),
        (">=3.8 <4.0", "cpython"),
        ("^3.8 || ^3.10", "cpython"),
        ("~2.7", "jython"),
        ("2.7.*", "jython"),
        ("^2.7 || ^3.6", None),
        ("~2.7|^3.6", None),
        ("*", None),
        ("three", None),
    ],
)
def test_python_of_poetry_decides_before_the_sources(choose, python, name):
    other = {"cpython": "print 1\n", "jython": "f'{1}'\n", None: BOTH}[name]
    text = '[tool.poetry.dependencies]\npython = "%s"\nflask = "^1"\n' % python
    choice = choose(app__py=other, pyproject__toml=text)
    assert choice.name == (name or "jython")
    assert (python in choice.why) if name else choice.why is None


def test_requires_python_outweighs_poetry(choose):
    text = '[project]\nname = "x"\nrequires-python = "<3"\n'
    text += '[tool.poetry.dependencies]\npython = "^3.12"\n'
    assert choose(app__py=BOTH, pyproject__toml=text).name == "jython"


def test_requires_python_of_both_leaves_it_to_the_sources(choose):
    text = '[project]\nname = "x"\nrequires-python = ">=2.7"\n'
    assert choose(app__py="f'{1}'\n", pyproject__toml=text).name == "cpython"


@pytest.mark.parametrize(
    "source, name, word",
    [
        ("f'{1}'\n", "cpython", "f-string"),
        ("x: int = 1\n", "cpython", "annotation"),
        ("import dataclasses\n", "cpython", "dataclasses"),
        ("from urllib.parse import quote\n", "cpython", "urllib.parse"),
        ("from pathlib import Path\n", "cpython", "pathlib"),
        ("import secrets\n", "cpython", "secrets"),
        ("from __future__ import annotations\n", "cpython", "__future__"),
        ("from __future__ import division, generator_stop\n", "cpython", "generator_"),
        ("print 'x'\n", "jython", "app.py"),
        ("from java.util import ArrayList\n", "jython", "java"),
        ("from org.isthmus import WsgiServlet\n", "jython", "org.isthmus"),
    ],
)
def test_source_for_one_python_decides(choose, source, name, word):
    choice = choose(app__py=source + BOTH)
    assert choice.name == name and word in choice.why


def test_imports_of_both_pythons_decide_nothing(choose):
    guarded = "try:\n    import urllib.parse\nexcept ImportError:\n    import urllib\n"
    source = "from __future__ import absolute_import, print_function\n" + guarded
    assert choose(app__py=source + BOTH).why is None


def test_modules_that_the_library_future_has_decide_nothing(choose):
    source = "from urllib.parse import quote\n" + BOTH
    assert choose(app__py=source, requirements__txt="future\n").why is None
    assert choose(app__py="import asyncio\n" + source).name == "cpython"


@pytest.mark.parametrize(
    "files",
    [
        {"requirements__txt": "pathlib\n"},
        {"pathlib__py": "Path = str\n"},
    ],
)
def test_module_that_the_application_has_of_its_own_decides_nothing(choose, files):
    assert choose(app__py="from pathlib import Path\n" + BOTH, **files).why is None


def test_source_that_needs_java_outweighs_python_3(choose):
    files = {"a__py": "f'{1}'\n", "b__py": "import java.lang\n"}
    assert choose(**files).name == "jython"


@pytest.mark.parametrize("lock", ["isthmus.lock", "pylock.toml"])
def test_lock_decides(choose, lock):
    name = {"isthmus.lock": "jython", "pylock.toml": "cpython"}[lock]
    choice = choose(**{lock: "", "app__py": BOTH})
    assert choice.name == name and lock in choice.why


HINTS = [
    ({"uv__lock": 'version = 1\nrequires-python = ">=3.9"\n'}, "uv.lock"),
    ({"poetry__lock": '[metadata]\npython-versions = "^3.9"\n'}, "poetry.lock"),
    ({"__python-version": "3.12\n"}, ".python-version"),
    ({"__python-version": "cpython-3.12.1\n"}, ".python-version"),
]


@pytest.mark.parametrize("files, word", HINTS)
def test_hint_beside_the_project_decides(choose, files, word):
    choice = choose(app__py=BOTH, **files)
    assert choice.name == "cpython" and word in choice.why


@pytest.mark.parametrize("files, word", HINTS)
@pytest.mark.parametrize("source", ["print 1\n", "import java.lang\n"])
def test_source_of_2_outweighs_a_hint(choose, files, word, source):
    assert choose(app__py=source + BOTH, **files).name == "jython"


@pytest.mark.parametrize(
    "files",
    [
        {"poetry__lock": '[metadata]\npython-versions = "^2.7 || ^3.6"\n'},
        {"poetry__lock": "neither TOML nor a lock"},
        {"__python-version": "2.7.18\n3.12\n"},
        {"__python-version": "jython-2.7.4\n"},
        {"__python-version": ""},
    ],
)
def test_file_of_both_pythons_is_no_hint(choose, files):
    assert choose(app__py=BOTH, **files).why is None


@pytest.mark.parametrize(
    "version, library, name",
    [
        ("version = 3.11.2", "Flask-3.1.0", "cpython"),
        ("version_info = 3.12.1", "flask-3.1.0", "cpython"),
        ("version = 2.7.18", "Flask-1.1.4", "jython"),
        # For the tool alone.
        ("version = 3.11.2", "isthmus-0.1.0", "jython"),
    ],
)
def test_virtual_environment_with_a_library_of_the_project_is_a_hint(
    choose, tmp_path, version, library, name
):
    venv = tmp_path / ".venv"
    number = version.split()[-1].rpartition(".")[0]
    info = venv / "lib" / ("python" + number) / "site-packages"
    (info / (library + ".dist-info")).mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("home = /usr/bin\n%s\n" % version)
    choice = choose(app__py=BOTH, requirements__txt="flask\n")
    assert choice.name == name
    assert choice.why is None or ".venv" in choice.why and "flask" in choice.why


@pytest.mark.parametrize(
    "line, name",
    [
        ("flask>=3", "cpython"),
        ("Flask==3.1.*", "cpython"),
        ("Django~=5.2", "cpython"),
        ("fastapi", "cpython"),
        ("flask", "jython"),
        ("numpy", "cpython"),
        ("lxml<5", "cpython"),
        ("flask<2", "jython"),
        ("flask>=1.1", "jython"),
        ("something>=9", "jython"),
        ("flask<2; python_version<'3'\nflask>=3; python_version>='3'", "jython"),
        ("flask>=3; sys_platform!='win32'", "cpython"),
        # As Poetry exports them: each line has a marker.
        (
            "flask==3.0.0 ; python_version >= '3.10'\nfutures; python_version<'3'",
            "cpython",
        ),
    ],
)
def test_requirement_that_only_python_3_has_decides(choose, line, name):
    assert choose(app__py=BOTH, requirements__txt=line + "\n").name == name


@pytest.mark.parametrize(
    "files, words",
    [
        ({}, ["Jython", "nothing asks", "--engine cpython"]),
        ({"requirements__txt": "flask<2\n"}, ["Jython", "--engine cpython"]),
        ({"isthmus__lock": ""}, ["Jython", "isthmus.lock", "--engine cpython"]),
        ({"a__py": "f'{1}'\n"}, ["Python 3", "a.py", "--engine jython"]),
    ],
)
def test_one_line_names_the_engine_and_the_reason(choose, capfd, files, words):
    engines.tell(choose(app__py=BOTH, **files))
    (line,) = capfd.readouterr().err.splitlines()
    assert [word for word in words if word not in line] == []


@pytest.mark.parametrize("command", ["war", "serve", "lock", "doctor"])
def test_command_tells_the_engine_that_was_not_named(
    choose, capfd, monkeypatch, command
):
    files = {"requirements__txt": ""} if command == "lock" else {}
    choose(hello__py=BOTH, pyproject__toml="[tool.isthmus]\n", **files)
    # Before anything else that takes time.
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    words = {"lock": ["--check"], "war": ["--no-check"]}.get(command, [])
    main.run([command, *words])
    output = "".join(capfd.readouterr())
    assert "Python 2.7 (Jython), because nothing asks for Python 3" in output
    if command != "doctor":
        main.run([command, *words, "--engine=jython"])
        assert "Python 2.7 (Jython)" not in "".join(capfd.readouterr())


def test_libraries_are_no_sources(choose, tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "new.py").write_text("f'{1}'\n")
    assert choose(app__py=BOTH).name == "cpython"
    assert engines.choose(None, tmp_path, lib=tmp_path / "lib").name == "jython"

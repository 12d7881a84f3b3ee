"""`isthmus war --check`: what Jython says when it imports the application."""

import pytest

from isthmus_cli.doctor import imports

APP = "def application(environ, start_response):\n    pass\n"
JNDI = "from javax.naming import InitialContext\nInitialContext().lookup('jdbc/shop')\n"


@pytest.fixture
def war(tmp_path, monkeypatch, isthmus):
    """Make a WAR of a hello.py and libraries; return what is said, on stderr.

    To compile each of these takes as long as its import, which does so anyway.
    """
    directory = tmp_path / "projét [1]"
    directory.mkdir()
    monkeypatch.chdir(directory)

    def make(source, *options, **libraries):
        (directory / "hello.py").write_text(source + APP, "utf-8")
        (directory / "lib").mkdir(exist_ok=True)
        for name, text in libraries.items():
            (directory / "lib" / (name + ".py")).write_text(text, "utf-8")
        options = options or ("--check", "--no-precompile")
        ended = isthmus("war", "-o", "x.war", "--lib", "lib", *options)
        assert ended.out == "x.war\n"
        return ended.err

    return make


@pytest.mark.parametrize(
    "source, code, says",
    [
        (
            "def f():\n    import spamm\nf()\n",
            "IS0321",
            "line 2 of WEB-INF/app/hello.py",
        ),
        ("def f():\n    import bad\nf()\n", "IS0321", "WEB-INF/lib-python/bad.py"),
        ("import os\nos.environ['NO_SUCH']\n", "IS0322", "KeyError"),
        (JNDI, "IS0322", "line 2 of WEB-INF/app/hello.py"),
        ("import sys\nsys.exit(3)\n", "IS0322", "SystemExit"),
    ],
)
def test_application_that_cannot_be_imported_is_reported(war, source, code, says):
    text = war(source, spam="", bad="import nowhere.at.all\n")
    kind = "error" if code == "IS0321" else "warning"
    assert text.startswith("%s %s: " % (kind, code)), text
    assert says in text and "hello:application" in text
    # The traceback is in a container's log only.
    assert "below" not in text and "follows" not in text


def test_failure_is_not_remembered(war):
    source = "def f():\n    import absent\nf()\n"
    text = war(source, "--check")
    assert text.startswith("error IS0321: ")
    assert war(source, "--check") == text


def test_application_that_needs_the_containers_classes_is_not_blamed(war):
    source = "def f():\n    from jakarta.servlet.http import HttpServlet\nf()\n"
    assert "IS032" not in war(source)


def test_application_that_can_be_imported_is_imported_once(war, tmp_path):
    mark = tmp_path / "imported"
    source = "with open(%r, 'a') as file:\n    file.write('x')\n" % str(mark)
    # What would keep a process alive.
    source += (
        "import threading\nthreading.Thread(target=threading.Event().wait).start()\n"
    )
    assert war(source) == "" and war(source) == ""
    assert mark.read_text() == "x"
    war(source + "# changed\n")
    assert mark.read_text() == "xx"
    war(source + "# changed again\n", "--no-check", "--no-precompile")
    assert mark.read_text() == "xx"


def test_import_that_does_not_end_is_given_up(war, monkeypatch):
    monkeypatch.setattr(imports, "_TIMEOUT_SECONDS", 3)
    result = war("import time\nwhile True: time.sleep(1)\n")
    assert result.startswith("warning IS0323: ") and "3 seconds" in result


def test_without_java_the_doctor_alone_tells_it(war, isthmus, monkeypatch, tmp_path):
    source = "a = 'never imported before'\n"
    war(source, "--no-check")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert war(source, "--check") == ""
    # But whoever asks for the import learns why there is none.
    result = isthmus("doctor", "x.war", "--import")
    assert result.code == 3 and "IS0204" in result.err, result
    # What needs no import is there all the same.
    assert "0 errors" in result.out, result


# One import shows all of it, for each takes seconds of CPU.
def test_application_finds_what_it_has_in_a_container(war):
    """Mercurial looks for its program in ``__main__.__file__``, which was None here.

    It also asks for the status of an open file, whose descriptor Jython finds by
    reflection into java.base. Jython could neither parse documents nor templates, which
    the engine mends.
    """
    source = "import ast, inspect, os, sys\nfrom xml.etree import ElementTree\n"
    source += "assert sys.argv == [''], sys.argv\n"
    source += "assert not hasattr(sys.modules['__main__'], '__file__')\n"
    # pyramid_jinja2 does, and needs a __main__.
    source += "inspect.stack()\n"
    source += "with open(__file__, 'rb') as file:\n"
    source += "    assert os.fstat(file.fileno()).st_size\n"
    source += "ElementTree.fromstring('<a/>')\n"
    source += "ast.parse('a').body + ast.parse('b').body[::-1]\n"
    assert war(source) == ""

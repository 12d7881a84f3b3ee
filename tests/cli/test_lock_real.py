"""Real libraries, from the index that pip is configured with, run on Jython."""

import re
import subprocess

import pytest

from containers import jdks
from isthmus_cli import installing, lockfile, locking, releases, requirements
from paths import TARGET

PINS = TARGET.parent / "tests" / "requirements-jython.txt"
# repoze.lru and jsmin have an sdist alone, MarkupSafe and PyYAML wheels of CPython 2.7.
WANTED = ["Flask", "Django", "PyYAML", "repoze.lru", "setuptools"]
PROGRAM = """
import flask, django, markupsafe, yaml, pkg_resources
from repoze.lru import lru_cache
from markupsafe import _native
app = flask.Flask("x")
with app.app_context():
    print(flask.render_template_string("{{ x }}", x="<") + str(markupsafe.escape("<")))
print(yaml.safe_load("[1, 2]"))
print([pkg_resources.get_distribution(n).project_name for n in ("flask", "pyyaml")])
print(flask.__version__, django.get_version())
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def lock(cache):
    return locking.lock(requirements.of_names(WANTED), cache)


def test_releases_are_those_that_the_functional_suite_has_proved(lock):
    pins = dict(re.findall(r"(?m)^([\w-]+)==(\S+)$", PINS.read_text().lower()))
    found = lock.pins()
    # pytz is the one that is still released for Python 2.7.
    proved = {name: found[name] for name in pins if name in found and name != "pytz"}
    assert {"flask", "django", "markupsafe", "setuptools"} <= set(proved)
    assert proved == {name: pins[name] for name in proved}
    assert {p.name: p.kind for p in lock.packages if p.kind != "wheel"} == {
        "markupsafe": releases.STRIPPED,
        "pyyaml": releases.STRIPPED,
        "repoze-lru": "sdist",
    }


def test_they_run_on_jython(lock, cache, tmp_path):
    lib = tmp_path / "lib-python"
    installing.install(lock, lib, cache)
    program = tmp_path / "program.py"
    program.write_text("import site\nsite.addsitedir(%r)\n%s" % (str(lib), PROGRAM))
    java = jdks.discover()[0].tool("java")
    command = [java, "-XX:TieredStopAtLevel=1", "-cp", str(TARGET / "jython" / "*")]
    command += ["-Dpython.cachedir.skip=true", "org.python.util.jython", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.splitlines() == [
        "&lt;&lt;",
        "[1, 2]",
        "['Flask', 'PyYAML']",
        "('1.1.4', '1.11.29')",
    ], done.stderr


# Each was locked in a release that Jython does not import, or without what it imports.
IMPORTED = {
    "Flask-RESTful": "flask_restful",
    "Flask-Babel": "flask_babel",
    "repoze.who": "repoze.who.config",
    "reg": "reg",
    "PasteScript": "paste.script.command",
    "FormEncode": "formencode",
    "pypiserver": "pypiserver.core",
    "Beaker": "beaker.middleware",
    "spyne": "spyne.server.wsgi",
}


def test_libraries_are_locked_that_jython_imports_with_all_that_they_need(
    tmp_path, monkeypatch, isthmus
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text("\n".join(IMPORTED))
    source = "import isthmus.compat.mmap, isthmus.compat.warnings\n"
    source += "import %s\n" % ", ".join(IMPORTED.values())
    source += "def application(environ, start_response): pass\n"
    (tmp_path / "app.py").write_text(source)
    locked = isthmus("lock")
    assert locked.code == 0, locked.err
    for passed_over in (
        "flask-restful 0.3.9",
        "repoze-who 2",
        "pastescript 3.2",
        "reg 0",
    ):
        assert re.search("(?m)^%s.* is taken, not" % passed_over, locked.err), (
            locked.err
        )
    pins = lockfile.read(tmp_path / "isthmus.lock").pins()
    assert pins["setuptools"] == "44.1.1" and "funcsigs" in pins
    made = isthmus("war", "-r", "requirements.txt", "--check")
    assert made.code == 0 and "IS0" not in made.err, made.err


@pytest.mark.parametrize(
    "wanted, says",
    [
        (["Flask>=2", "Werkzeug<2"], "1.1.4"),
        (["cryptography"], "java.security"),
    ],
)
def test_what_real_packages_are_refused_with(wanted, says, cache):
    with pytest.raises(Exception, match="IS0245") as refused:
        locking.lock(requirements.of_names(wanted), cache)
    assert says in str(refused.value)

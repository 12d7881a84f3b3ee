"""docs/environ.md: it has every key that Isthmus puts into environ."""

import re

from paths import TARGET

ROOT = TARGET.parent
SOURCES = ROOT / "src" / "main"
PAGE = (ROOT / "docs" / "environ.md").read_text()
JAVA = SOURCES / "java" / "org" / "isthmus"
KEY = re.compile(r"`([\w.]+)`")


def test_each_key_of_the_engine_is_there():
    text = (JAVA / "engine" / "jython" / "EnvironKeys.java").read_text()
    keys = set(re.findall(r'(?:constant|rest|ofRequest)\("([\w.]+)"', text))
    assert len(keys) > 10
    assert keys - set(KEY.findall(PAGE)) == set()


def test_each_cgi_variable_is_there():
    text = (JAVA / "exchange" / "CgiVariable.java").read_text()
    names = set(re.findall(r"^  ([A-Z_]+)[,;]$", text, re.MULTILINE))
    assert len(names) > 20
    assert names - set(KEY.findall(PAGE)) == set()


def test_keys_of_isthmus_are_those_of_the_sources():
    table = PAGE.split("## Isthmus's own keys")[1].split("## ")[0]
    shown = set(re.findall(r"^\| `([\w.]+)`", table, re.MULTILINE))
    text = (JAVA / "engine" / "jython" / "EnvironKeys.java").read_text()
    named = set(re.findall(r'rest\("(isthmus\.\w+)"', text))
    for path in (SOURCES / "python" / "isthmus" / "middleware").glob("*.py"):
        text = path.read_text()
        named.update(re.findall(r'environ\["(isthmus\.[\w.]+)"\]', text))
        if "environ[KEY]" in text:
            named.update(re.findall(r'^KEY = "(.*)"', text, re.MULTILINE))
    assert shown == named

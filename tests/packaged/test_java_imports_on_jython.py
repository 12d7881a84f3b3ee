"""Imports find the same Java packages with Isthmus's JavaImportHelper as with Jython's.

The same statements, in a module of a package, with the one and with the other.
"""

import json

import pytest

import archives
import jython

STATEMENTS = [
    "import java.util.zip",
    "from java.util import zip",
    "from java.util.zip import CRC32",
    "import java.util.zip.CRC32",
    "from java.util import HashMap, concurrent",
    "from java.util import *",
    "from java.util import NoSuch",
    "from java.nosuch import Thing",
    "import java.nosuch",
    "import java",
    "from java import math",
    "import javax.xml.parsers",
    "from javax.xml import parsers, transform",
    "from java.sql import DriverManager",
    "import java.rmi.server",
    "from java.awt import geom",
    "from com.google.common.collect import ImmutableList",
    "from com.google.common import collect, primitives",
    "import com.google.common.base",
    "import com.google",
    "from com import google",
    "from org.antlr import runtime",
    "from org.antlr.runtime import Token, misc, UnbufferedTokenStream",
    "from org.antlr.runtime import Token",
    "from org.antlr.runtime import misc, UnbufferedTokenStream",
    "from com.ibm.icu import text, util",
    "from com.ibm.icu.text import UnicodeSet",
    "import org.python.core.Py",
    "import nosuch",
    "from nosuch import thing",
    "import neighbour",
    "from neighbour import value, nothing",
    "from shop import neighbour",
    "from shop import nothing",
    "from . import neighbour, nothing",
    "import os.path",
    "from os import path",
    "import json.decoder",
    "from json import decoder, nothing",
    "import logging.handlers",
    "import io",
    "import xml.dom.minidom",
]

PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
from java.lang import Class
from shop import asking
answers = [asking.ask(line) for line in json.loads(sys.argv[2])]
domain = Class.forName("org.python.core.JavaImportHelper").getProtectionDomain()
json.dump([domain.getCodeSource().getLocation().toString(), answers], sys.stdout)
"""

ASKING = """
import sys
from org.python.core import PyJavaPackage

def ask(statement):
    found = {}
    try:
        exec statement in globals(), found
        answers = dict((name, kind(found[name])) for name in found)
    except ImportError, error:
        answers = "ImportError: %s" % error
    return [statement, answers, sorted(java_packages())]

def java_packages():
    return [n for n, m in sys.modules.items() if isinstance(m, PyJavaPackage)]

def kind(value):
    return "%s %s" % (type(value).__name__, getattr(value, "__name__", value))
"""
FILES = {
    "program.py": PROGRAM,
    "shop/__init__.py": "",
    "shop/asking.py": ASKING,
    "shop/neighbour.py": "value = 1\n",
}
# A package of Python's that is called as packages of Java's are.
ORG = {"org/__init__.py": "here = 1\n"}


@pytest.fixture
def directory(request, tmp_path):
    for name, text in request.param.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def stand_in(tmp_path):
    """A directory with Isthmus's class, under the name that it is loaded by."""
    content = archives.files(archives.jar("jakarta"))[archives.STAND_IN]
    path = tmp_path / "stand-in" / "org" / "python" / "core" / "JavaImportHelper.class"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return tmp_path / "stand-in"


@pytest.mark.parametrize(
    ("directory", "backwards"),
    [
        pytest.param(FILES, False, id="alone"),
        pytest.param(FILES, True, id="alone-backwards", marks=pytest.mark.matrix),
        pytest.param({**FILES, **ORG}, False, id="org", marks=pytest.mark.matrix),
        pytest.param({**FILES, **ORG}, True, id="org-backwards"),
    ],
    indirect=["directory"],
)
def test_same_packages_are_found(directory, stand_in, backwards):
    statements = STATEMENTS[::-1] if backwards else STATEMENTS
    asked = [directory / "program.py", directory, json.dumps(statements)]
    place, theirs = json.loads(jython.run(*asked))
    assert "/jython-slim-" in place
    place, ours = json.loads(jython.run(*asked, before=[stand_in]))
    assert place.endswith("/stand-in/")
    assert [answers for answers in ours if answers not in theirs] == []
    assert ours == theirs
    outcomes = dict(answers[:2] for answers in ours)
    assert outcomes["from java.util.zip import CRC32"] == {"CRC32": "Class CRC32"}
    assert outcomes["import nosuch"] == "ImportError: No module named nosuch"

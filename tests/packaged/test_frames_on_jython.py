"""The JVM verifies precompiled modules at once: their stack map frames are right."""

import json

import pytest

import archives
import jython

# Says what the verifier has against each class in a directory or a jar, as one of
# version 51: for one of 50 it would try the old way (JVM specification, 4.10).
PROGRAM = """
import json, os, sys, zipfile
from array import array
from java.lang import Class, VerifyError
from org.python.core import BytecodeLoader

def classes(path):
    if os.path.isdir(path):
        for name in os.listdir(path):
            if name.endswith("$py.class"):
                yield name, open(os.path.join(path, name), "rb").read()
    else:
        with zipfile.ZipFile(path) as jar:
            for name in jar.namelist():
                if name.endswith("$py.class"):
                    yield name, jar.read(name)

def against(content):
    newer = array("b", content[:7] + chr(51) + content[8:])
    try:
        loaded = BytecodeLoader.makeClass("any$py", newer)
        Class.getDeclaredConstructors(loaded)
    except VerifyError, error:
        return error.getMessage().splitlines()[0]

json.dump(dict((n, against(c)) for n, c in classes(sys.argv[1])), sys.stdout)
"""


@pytest.fixture
def verified(tmp_path):
    program = tmp_path / "verify.py"
    program.write_text(PROGRAM, encoding="utf-8")
    return lambda path: json.loads(jython.run(program, path))


@pytest.fixture
def sample(tmp_path):
    """A directory with a module that handles exceptions: one of Python's own."""
    directory = tmp_path / "modules"
    directory.mkdir()
    (slim,) = (archives.ROOT / "target" / "jython").glob("jython-slim-*.jar")
    (directory / "sample.py").write_bytes(archives.files(slim)["Lib/codecs.py"])
    return directory


def test_those_of_isthmus(verified):
    found = verified(archives.jar("jakarta"))
    assert len(found) > 20
    assert {name: message for name, message in found.items() if message} == {}


@pytest.mark.parametrize("jars", ["jython", "jython-standalone"])
def test_those_of_an_application(verified, sample, tmp_path, jars):
    program = tmp_path / "compile.py"
    program.write_text(
        "import sys\nfrom isthmus import precompile\nprecompile.main(sys.argv[1:])\n",
        encoding="utf-8",
    )
    jar = [archives.jar("jakarta")]
    message = jython.run(program, sample, jars=jars, before=jar)
    assert message.startswith("1 compiled, 0 ")
    assert verified(sample) == {"sample$py.class": None}


def test_jython_alone_makes_others(verified, sample, tmp_path):
    # When this fails, Jython has been mended: precompile.py need not do it any more.
    program = tmp_path / "compile.py"
    program.write_text("import sys, compileall\ncompileall.compile_dir(sys.argv[1])\n")
    jython.run(program, sample)
    (message,) = verified(sample).values()
    assert "Stack map does not match" in message

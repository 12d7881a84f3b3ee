"""os.fstat of an open file, which Java forbids to Jython unless it has an option."""

import pytest

import archives
import jython

# A module that fails as Mercurial does, and how its failure is told.
PROGRAM = """
import sys
from isthmus import importing
try:
    importing.imported("failing")
    print("no error")
except importing.LoadError as error:
    print("%s: %s" % (error.rule, error.values[-1]))
"""
OPEN = "file = open(__file__)\nos.fstat(file.fileno())\n"
CLOSED = "file = open(__file__)\nn = file.fileno()\nfile.close()\nos.fstat(n)\n"
OPTION = "--add-opens=java.base/java.io=ALL-UNNAMED"


@pytest.fixture
def report(tmp_path):
    """The error of importing a module, by Java with these options."""

    def run(source, *options):
        (tmp_path / "program.py").write_text(PROGRAM)
        (tmp_path / "failing.py").write_text("import os\n" + source)
        more = {"before": [archives.jar("jakarta")], "options": options}
        return jython.run(tmp_path / "program.py", **more)

    return run


def test_error_names_the_option_if_java_lacks_it(report):
    message = report(OPEN)
    assert message.startswith("MODULE_FAILED: OSError: [Errno 9] Bad file descriptor")
    assert "--add-opens java.base/java.io=ALL-UNNAMED" in message


def test_with_the_option_there_is_no_error_and_no_other_is_explained_by_it(report):
    assert report(OPEN, OPTION).strip() == "no error"
    message = report(CLOSED, OPTION)
    assert "Bad file descriptor" in message and "add-opens" not in message

"""XSLT needs a JVM; tests/functional has the rest."""

import pathlib
import re
import subprocess
import sys

from isthmus import middleware

SOURCES = pathlib.Path(middleware.__file__).parents[2]


def test_import_on_cpython_says_what_it_needs():
    command = [sys.executable, "-c", "import isthmus.middleware.xslt"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=SOURCES)
    assert re.search(r"ImportError: isthmus\.middleware\.xslt .*Java", done.stderr)

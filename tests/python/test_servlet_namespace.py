"""Both namespaces of the servlet API have the same Python (docs/architecture.md)."""

import re

from paths import TARGET

SOURCES = TARGET.parent / "src" / "main" / "python"
NAMED = re.compile(r"\bja(?:karta|vax)(?:\.|\s+import\s+)servlet\b")


def test_no_python_file_names_a_servlet_package():
    files = sorted(SOURCES.rglob("*.py"))
    assert len(files) > 100
    named = [file for file in files if NAMED.search(file.read_text("utf-8"))]
    assert named == []


def test_names_would_be_found():
    for text in ("javax.servlet.http", "from jakarta import servlet"):
        assert NAMED.search("x = 1\n" + text), text

"""docs/glue.md: each name of the paper has a test that is there, or says "not yet"."""

import ast
import functools
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "glue.md"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| in the paper", "| ---"))
]
TEST = re.compile(r"\[(test_\w+)\]\(\.\./(tests/[\w/]+\.py)\)$")
SOURCE = re.compile(r"`(webapp/[\w./-]+)`")

# What the paper names, and what those who came after it are called today.
NAMES = """
function application | class application | simple_server | run_with_cgi | configure(app)
several applications by name | AuthenticationMiddleware | app_factory | loadapp
session | error handling | identification | authentication | compression | URL parsing
XSLT | static files | lint | Beaker | repoze.who | Paste Deploy | Paste Webkit | WebOb
Werkzeug | Flask | Django | CherryPy | web.py | WSGIUtils | Python Web Modules
PyFileServer | WsgiDAV | MoinMoin | Bottle | Pyramid | Falcon | hgweb | [server:main]
wsgiref | waitress | gunicorn | modjy | isapi_wsgi | IIS/ASP | flup | FastCGI, SCGI, AJP
Twisted | mod_python | mod_wsgi | CGI | PEAK
"""


@functools.cache
def _tests(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_page_has_rows():
    assert len(ROWS) > 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_row_names_a_test_that_is_there_or_says_not_yet(row):
    name, _, test = row
    match = TEST.match(test)
    if match is None:
        assert test == "not yet"
    else:
        assert match.group(1) in _tests(match.group(2))
    assert name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_sources_that_a_row_names_are_there(row):
    for path in SOURCE.findall(row[1]):
        assert (ROOT / path).is_file()


@pytest.mark.parametrize("name", re.split(r"\s*[|\n]\s*", NAMES.strip()))
def test_each_name_is_in_the_table(name):
    assert any(name in cell for row in ROWS for cell in row[:2])

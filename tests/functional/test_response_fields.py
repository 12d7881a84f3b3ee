"""Header fields on the wire: all of them, in order, octet for octet."""

import re

import pytest

from paths import HERE

PAGE = HERE.parents[1] / "docs" / "containers.md"

VERBATIM = [
    ("X-Octets", "".join(map(chr, range(0xA1, 0x100)))),
    ("X-Utf-8", "Gr\u00c3\u00bc\u00c3\u009fe"),
    ("X-Quoted", '"a, b"; c="d\\"e"'),
    ("X-Tab", "a\tb"),
    ("Location", "relative/target?query#fragment"),
    ("Content-Language", "de, en"),
    ("Content-Encoding", "x-none"),
    ("Content-Disposition", 'attachment; filename="\u00e9.txt"'),
    ("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("Expires", "0"),
    ("ETag", '"x"'),
    ("Vary", "Accept, Cookie"),
    ("X-Powered-By", "Python"),
]
REPEATED = [
    ("Set-Cookie", 'a=1; Path="/x y"; HttpOnly; SameSite=Lax'),
    ("Set-Cookie", "b=2; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
    ("Link", "<a>; rel=next"),
    ("Set-Cookie", "a=3"),
    ("Link", "<b>; rel=prev"),
    ("Vary", "Accept"),
    ("Vary", "Cookie"),
    ("WWW-Authenticate", 'Basic realm="x"'),
    ("WWW-Authenticate", 'Digest realm="y"'),
]


def _send(mount, *fields):
    body = "\n".join("%s: %s" % field for field in fields).encode("latin-1")
    response = mount("sends_fields").post("/", body)
    assert (response.status, response.body) == (200, b"sent")
    return response


@pytest.mark.parametrize("field", VERBATIM, ids=[name for name, _ in VERBATIM])
def test_value_is_sent_octet_for_octet(mount, field):
    assert _send(mount, field).all(field[0]) == [field[1]]


def test_repeated_fields_are_all_sent_in_order(mount):
    response = _send(mount, *REPEATED)
    for name in dict(REPEATED):
        assert response.all(name) == [value for n, value in REPEATED if n == name]


@pytest.mark.parametrize(
    "field", [("Date", "Thu, 01 Jan 1970 00:00:00 GMT"), ("Server", "own/1")]
)
def test_field_of_the_server_is_replaced_by_the_applications(mount, field):
    assert _send(mount, field).all(field[0]) == [field[1]]


def test_date_is_sent_for_an_application_that_does_not(mount):
    assert _send(mount).header("Date").endswith(" GMT")


def test_reason_phrase_is_the_containers(mount):
    mounted = mount("own_errors")
    response = mounted.get("/?case=list&status=404")
    # Servlet 6.0 took setStatus(int, String) away.
    tomcat = mounted.server.name.startswith("tomcat")
    assert (response.status, response.reason) == (404, "" if tomcat else "Not Found")


def test_no_content_type_is_made_up(mount):
    assert _send(mount).all("Content-Type") == []


def _documented(container):
    """{sent: received} of the table of docs/containers.md."""
    section = PAGE.read_text().split("\n## Content-Type\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", section, re.M)
    columns = ["tomcat9", "tomcat10", "tomcat11", "jetty-ee8", "jetty-ee10"]
    table = {}
    for sent, cells in rows:
        cell = cells.split(" | ")[columns.index(container)]
        table[sent] = sent if cell == "=" else cell.strip("`")
    return table


def test_content_type_is_changed_as_the_page_of_the_container_says(mount):
    documented = _documented(mount("sends_fields").server.name)
    assert len(documented) > 10
    received = {
        sent: _send(mount, ("Content-Type", sent)).header("Content-Type")
        for sent in documented
    }
    assert received == documented

"""docs/containers.md: its table of refused requests is that of the request files."""

import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "containers.md").read_text()
REQUESTS = ROOT / "tests" / "functional" / "requests"
CONTAINERS = {
    "tomcat": ["tomcat9", "tomcat10", "tomcat11"],
    "jetty": ["jetty-ee8", "jetty-ee10"],
}
COLUMNS = [["tomcat9"], ["tomcat10", "tomcat11"], CONTAINERS["jetty"]]


def _statuses(refused):
    """{container: status} of a request file's `refused`, families resolved."""
    everywhere = CONTAINERS["tomcat"] + CONTAINERS["jetty"]
    found = {}
    for name in sorted(refused, key=lambda name: name in everywhere):
        names = everywhere if name == "all" else CONTAINERS.get(name, [name])
        found.update(dict.fromkeys(names, refused[name]))
    return found


def _sent(path):
    """The request line, or what is odd in the fields, as a cell of the table."""
    head = path.with_suffix(".http").read_bytes().decode("latin-1")
    head = head.replace("{prefix}", "")
    lines = head.replace("\r", "").split("\n\n")[0].splitlines()
    request = lines[0].rsplit(" ", 1)[0]
    if request.split(" ")[1] == "/":
        fields = [line for line in lines[1:] if line and line != "Host: {host}"]
        request = "; ".join(fields).replace("{host}", "a.example")
    if not request:
        return "no Host"
    octets = (c if " " <= c <= "~" else "\\x%02x" % ord(c) for c in request)
    return "`%s`" % "".join(octets).replace("|", "\\|")


def table():
    """The rows of the table: what containers refuse as they are distributed."""
    for path in sorted(REQUESTS.glob("*.json")):
        described = json.loads(path.read_text(encoding="utf-8"))
        if "refused" not in described or described.get("tuned"):
            continue
        statuses = _statuses(described["refused"])
        cells = []
        for column in COLUMNS:
            (status,) = {statuses.get(name) for name in column}
            cells.append("**%d**" % status if status else "passes")
        yield "| %s | %s | %s |" % (path.stem, _sent(path), " | ".join(cells))


def test_table_of_refused_requests_is_that_of_the_request_files():
    found = re.findall(r"^\| \d{3}-.*$", PAGE, re.M)
    assert found == list(table())

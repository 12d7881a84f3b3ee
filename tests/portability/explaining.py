"""What is expected of every gateway, and what was explained where one differs.

expected.json has {request: {item: value}}: what PEP 3333, RFC 3875 and RFC 9110 lead to
and, where these leave a choice, what most gateways do. differences.json has a list of

  item      a name, or a pattern
  requests  names or patterns: this difference is there in each of them
  found     {gateway, or a pattern: its value; null: nothing}
  whose     whose the difference is, as the page says it
  why       the reason, as the page says it
"""

import fnmatch
import functools
import json
import pathlib

import request_files

HERE = pathlib.Path(__file__).resolve().parent
EXPECTED = HERE / "expected.json"
FILE = HERE / "differences.json"
# Apache httpd counts the octets of what ends soon enough, and sends chunks otherwise.
FRAMED_BY_TIMING = ("CGI", "run-cgi", "flup AJP")
FRAMED = ("framing", "header content-length")
PLACED = ("environ SCRIPT_NAME", "environ PATH_INFO", "environ SERVER_")


@functools.cache
def expected():
    return json.loads(EXPECTED.read_text("utf-8"))


@functools.cache
def entries():
    return json.loads(FILE.read_text("utf-8"))


def differing(name, items, places):
    """{item: value} of an answer where it is not as expected; None for what lacks."""
    wanted = {k: filled(k, v, places) for k, v in expected()[name].items()}
    names = set(wanted) | set(items)
    if items.get("status") != wanted["status"]:
        # All else follows from that, but for what a failed application has said.
        names = {"status" if "status" in items else "end"}
        names |= {n for n in items if n.startswith("header x-failed")}
        names |= {"body"} & {n for n, v in items.items() if "exception" in v}
    elif wanted["status"] == "500":
        # A page of the server's own, with a head of its own.
        names = {n for n in names if not n.startswith("header ") or "x-" in n}
        names -= {"reason", "framing"}
    return {n: items.get(n) for n in names if items.get(n) != wanted.get(n)}


def filled(item, value, places):
    return request_files.filled(value, places) if item.startswith(PLACED) else value


def wrong(gateway, name, items, places):
    """What the two files do not say of this answer, and what they say that is not so.

    (item, value) of each difference that no entry has, or more than one, and of each
    entry that names this gateway and this exchange for a difference that is not there.
    """
    found = differing(name, items, places)
    if gateway in FRAMED_BY_TIMING:
        found = {n: v for n, v in found.items() if n not in FRAMED}
    explained = [
        (item, value and filled(item, value, places))
        for item, value in clauses(gateway, name)
    ]
    matching = {
        there: [c for c in explained if _has(c, there, found)] for there in found
    }
    unexplained = [(n, found[n]) for n in sorted(found) if len(matching[n]) != 1]
    unseen = [c for c in explained if not any(_has(c, n, found) for n in found)]
    if items.get("status") != expected()[name]["status"]:
        # What goes for other answers has nothing to show in this one.
        unseen = [c for c in unseen if c[0] in ("status", "end", "body")]
    return unexplained + unseen


def _has(clause, item, found):
    return fnmatch.fnmatchcase(item, clause[0]) and clause[1] == found[item]


def is_of(entry, name):
    """Whether an entry is of this request."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in entry["requests"])


def clauses(gateway, name):
    """(item, value) of each entry for this gateway and this request."""
    for entry in entries():
        if is_of(entry, name):
            for pattern, value in entry["found"].items():
                if fnmatch.fnmatchcase(gateway, pattern):
                    yield entry["item"], value

"""Writes the tables of docs/portability.md, for scripts/portability.

What is in them comes from expected.json, differences.json, the table of gateways and
the pins; the text around them is written by hand.
"""

import pathlib
import re

import containers
import explaining
import gateways

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "portability.md"
PINS = ROOT / "tests" / "requirements.txt"
MODJY = "modjy"
ON_CPYTHON = ["Isthmus on tomcat11, CPython", "Isthmus on jetty-ee10, CPython"]
ISTHMUS = ["Isthmus on " + name for name in containers.KINDS] + ON_CPYTHON
# As the page calls them.
ALL = {
    "Isthmus on *": "Isthmus",
    "Isthmus on tomcat*": "Isthmus on Tomcat",
    "Isthmus on jetty*": "Isthmus on Jetty",
}
# What no client minds: not counted in the first table.
MINOR = {
    *("connection", "framing", "reason", "version"),
    *("header date", "header server"),
}
TABLE = re.compile(r"(<!-- table: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
# What the page calls an item, where its name says too little.
ITEMS = {
    "body": "the body",
    "connection": "the connection afterwards",
    "end": "the end of the body",
    "environ, further keys": "further keys",
    "framing": "what ends the body",
    "reason": "the reason phrase",
    "status": "the status",
    "version": "the version",
}


def names():
    """Every gateway of the comparison, in the order of the page."""
    return [*ISTHMUS, *gateways.STARTED, MODJY]


def text():
    """The page as it should be."""
    tables = {
        "gateways": _gateways(),
        "Isthmus": _differences(lambda entry: entry["whose"] != "theirs"),
        "others": _differences(lambda entry: entry["whose"] == "theirs"),
    }
    found = PAGE.read_text("utf-8")
    return TABLE.sub(lambda match: match[1] + tables[match[2]] + match[3], found)


def _gateways():
    documented = dict.fromkeys(ISTHMUS, "[here](architecture.md)")
    documented.update(dict.fromkeys(ON_CPYTHON, "[Python 3](python3.md)"))
    documented.update(
        {name: _pinned(what) for name, what in gateways.DOCUMENTED.items()}
    )
    requests = [r for r in explaining.expected() if not r.startswith("environ ")]
    rows = []
    for name in names():
        same = [r for r in requests if _differing(name, r) <= MINOR]
        keys = set().union(*(_differing(name, r) for r in explaining.expected()))
        keys = {item for item in keys if item.startswith("environ ")}
        rows.append([name, documented[name], "%d" % len(same), "%d" % len(keys)])
    total = "as expected, of %d" % len(requests)
    return _table(["gateway", "what it is", total, "keys that differ"], rows)


def _differing(name, request):
    return {item for item, _ in explaining.clauses(name, request)}


def _pinned(what):
    """{package} stands for its version in the pins of the tests."""
    pins = re.findall(r"^([\w.-]+)==(\S+)", PINS.read_text("utf-8"), re.M)
    versions = {name: "%s %s" % (name, version) for name, version in pins}
    return re.sub(r"\{([\w.-]+)\}", lambda match: versions[match[1]], what)


def _differences(wanted):
    reasons = {}
    for entry in filter(wanted, explaining.entries()):
        reasons.setdefault(entry["why"], []).append(entry)
    rows = [
        [_items(entries), _expected(entries), _found(entries), why]
        for why, entries in reasons.items()
    ]
    return _table(["what", "expected", "found", "why"], rows)


def _items(entries):
    return ", ".join(dict.fromkeys(_item(entry["item"]) for entry in entries))


def _item(name):
    kind, _, rest = name.partition(" ")
    if kind == "environ":
        return "`%s`" % rest
    if kind == "header":
        return "header %s" % rest.title()
    return ITEMS.get(name, name)


def _expected(entries):
    """What is expected, where that is one and the same."""
    values = {
        answer.get(entry["item"])
        for entry in entries
        for name, answer in explaining.expected().items()
        if explaining.is_of(entry, name)
    }
    items = {entry["item"] for entry in entries}
    return _value(values.pop()) if len(items) == len(values) == 1 else ""


def _found(entries):
    """Who has what: `0`: cheroot, wsgiref."""
    gateways_by_value = {}
    for entry in entries:
        for name, value in entry["found"].items():
            who = gateways_by_value.setdefault(_value(value), [])
            name = ALL.get(name, name)
            who += [name] if name not in who else []
    return "; ".join(
        "%s: %s" % (value, ", ".join(who)) for value, who in gateways_by_value.items()
    )


def _value(value):
    if value is None:
        return "none"
    if value == "":
        return "empty"
    if "\n" in value:
        return "a page"
    shown = value.replace("{name}", "127.0.0.1").replace("{path}", "")
    octets = (c if " " <= c <= "~" else "\\x%02x" % ord(c) for c in shown)
    return "`%s`" % "".join(octets).replace("|", "\\|")


def _table(title, rows):
    lines = [title, ["---"] * len(title), *rows]
    return "".join("| %s |\n" % " | ".join(line) for line in lines)


if __name__ == "__main__":
    PAGE.write_text(text(), "utf-8")

"""The same bytes to the same apps under wsgiref, waitress and Isthmus.

Each difference is in differences.json with its reason; docs/differences.md tells users.
"""

import contextlib
import fnmatch

import pytest

import comparison
import reference_server
from apps import compared
from paths import HERE, RUNS

HOST = "Host: example.org:8080\r\n"
ENVIRON = {
    "environ of a get": "GET {prefix}/a/b?c=d HTTP/1.1\r\n%s\r\n" % HOST,
    "environ of a post": "POST {prefix}/ HTTP/1.1\r\n%sContent-Type: text/csv\r\n"
    "Content-Length: 4\r\n\r\n1,2\n" % HOST,
    "environ of http 1.0": "GET {prefix} HTTP/1.0\r\n\r\n",
    "environ of a path": "GET {prefix}/%%61%%20b/%%C3%%A9;x=1/c+d HTTP/1.1\r\n%s\r\n"
    % HOST,
    "environ of dots": "GET {prefix}/a/../b/./c HTTP/1.1\r\n%s\r\n" % HOST,
    "environ of a query": "GET {prefix}/?a=%%C3%%A9&b=+%%2B? HTTP/1.1\r\n%s\r\n" % HOST,
    "environ of repeated headers": "GET {prefix}/ HTTP/1.1\r\n%sX-Twice: 1\r\n"
    "X-Twice: 2\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n" % HOST,
    "environ of odd headers": "GET {prefix}/ HTTP/1.1\r\n%sProxy: x\r\nX_Under: 1\r\n"
    "X-Octets: \xe9\xff\r\nX-Empty:\r\n\r\n" % HOST,
    "environ of patch": "PATCH {prefix}/ HTTP/1.1\r\n%sContent-Length: 0\r\n\r\n"
    % HOST,
    "environ of a chunked body": "POST {prefix}/ HTTP/1.1\r\n%s"
    "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n" % HOST,
}
PLAIN = "%s {prefix}/?%s HTTP/1.1\r\nConnection: close\r\n" + HOST
BODIES = {
    "length": "Content-Length: 4\r\n\r\nbody",
    "no length": "\r\n",
    "chunked": "Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n",
}
ANSWERS = {
    "%s %s" % (method, case): PLAIN % (method.upper(), case) + "\r\n"
    for method in ("get", "head")
    for case in compared.CASES
    if case != "body"
}
INPUT = {"body of " + kind: PLAIN % ("POST", "body") + BODIES[kind] for kind in BODIES}
REQUESTS = {
    **{name: ("environ", text) for name, text in ENVIRON.items()},
    **{name: ("compared", text) for name, text in {**ANSWERS, **INPUT}.items()},
}


@pytest.fixture(scope="session")
def references():
    RUNS.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(
                reference_server.running(name, RUNS / ("reference-%s.log" % name))
            )
            for name in ("wsgiref", "waitress")
        ]


@pytest.mark.parametrize("name", REQUESTS)
def test_every_difference_is_explained_and_occurs(mount, references, name):
    app, text = REQUESTS[name]
    mounted = mount(app)
    addresses = [*references, mounted.server.address]
    asked = [comparison.ask(address, mounted, text) for address in addresses]
    answers, places = zip(*asked)
    found = comparison.differing(answers)
    assert found == comparison.explained(name, mounted.server.name, places)


@pytest.mark.parametrize("explained", comparison.entries(), ids=lambda e: e["item"])
def test_every_explanation_is_of_a_request(explained):
    used = {
        pattern: any(fnmatch.fnmatchcase(name, pattern) for name in REQUESTS)
        for pattern in explained["requests"]
    }
    assert [pattern for pattern in used if not used[pattern]] == []


def test_every_reason_is_told_to_users():
    told = (HERE.parents[1] / "docs" / "differences.md").read_text("utf-8")
    assert [e["why"] for e in comparison.entries() if e["why"] not in told] == []

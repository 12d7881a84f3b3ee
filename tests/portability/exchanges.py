"""The requests that every gateway gets, octet by octet: {name: (app, text)}."""

from apps import compared

HOST = "Host: example.org:8080\r\n"
CLOSE = "Connection: close\r\n" + HOST
ENVIRON = {
    "get": "GET {prefix}/a/b?c=d HTTP/1.1\r\n%s\r\n" % HOST,
    "post": "POST {prefix}/ HTTP/1.1\r\n%sContent-Type: text/csv\r\n"
    "Content-Length: 4\r\n\r\n1,2\n" % HOST,
    "http 1.0": "GET {prefix} HTTP/1.0\r\n\r\n",
    "a path": "GET {prefix}/%%61%%20b/%%C3%%A9;x=1/c+d HTTP/1.1\r\n%s\r\n" % HOST,
    "dots": "GET {prefix}/a/../b/./c HTTP/1.1\r\n%s\r\n" % HOST,
    "two slashes": "GET {prefix}//a//b HTTP/1.1\r\n%s\r\n" % HOST,
    "an encoded slash": "GET {prefix}/a%%2Fb HTTP/1.1\r\n%s\r\n" % HOST,
    "an encoded percent": "GET {prefix}/100%%25 HTTP/1.1\r\n%s\r\n" % HOST,
    "an octet beyond utf-8": "GET {prefix}/%%E9 HTTP/1.1\r\n%s\r\n" % HOST,
    "absolute form": "GET http://example.org:8080{prefix}/a HTTP/1.1\r\n%s\r\n" % HOST,
    "a query": "GET {prefix}/?a=%%C3%%A9&b=+%%2B? HTTP/1.1\r\n%s\r\n" % HOST,
    "repeated headers": "GET {prefix}/ HTTP/1.1\r\n%sX-Twice: 1\r\n"
    "X-Twice: 2\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n" % HOST,
    "header proxy": "GET {prefix}/ HTTP/1.1\r\n%sProxy: x\r\n\r\n" % HOST,
    "header with underscore": "GET {prefix}/ HTTP/1.1\r\n%sX_Under: 1\r\n\r\n" % HOST,
    "odd headers": "GET {prefix}/ HTTP/1.1\r\n%s"
    "X-Octets: \xe9\xff\r\nX-Empty:\r\n\r\n" % HOST,
    "patch": "PATCH {prefix}/ HTTP/1.1\r\n%sContent-Length: 0\r\n\r\n" % HOST,
    "a chunked body": "POST {prefix}/ HTTP/1.1\r\n%s"
    "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n" % HOST,
}
BODIES = {
    "length": "Content-Length: 4\r\n\r\nbody",
    "no length": "\r\n",
    "chunked": "Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n",
}
# Where the body, or that there is none, decides what the head says.
HEAD = """
no_block one_block two_blocks generator written wrapped_file no_content not_modified
not_modified_with_a_body not_found raises returns_a_string longer_than_declared
""".split()
ASKED = [("get", case) for case in compared.CASES if case != "body"]
ANSWERS = {
    "%s %s" % pair: "%s {prefix}/?%s HTTP/1.1\r\n" % (pair[0].upper(), pair[1])
    + CLOSE
    + "\r\n"
    for pair in ASKED + [("head", case) for case in HEAD]
}
KEPT = {
    "kept alive " + case: "GET {prefix}/?%s HTTP/1.1\r\n" % case + HOST + "\r\n"
    for case in ("one_block", "two_blocks", "generator")
}
OLD = {
    "http 1.0 " + case: "GET {prefix}/?%s HTTP/1.0\r\n\r\n" % case
    for case in ("one_block", "generator")
}
INPUT = {
    "body of " + kind: "POST {prefix}/?body HTTP/1.1\r\n" + CLOSE + text
    for kind, text in BODIES.items()
}
REQUESTS = {
    **{"environ of " + name: ("environ", text) for name, text in ENVIRON.items()},
    **{
        name: ("compared", text)
        for name, text in {**ANSWERS, **KEPT, **OLD, **INPUT}.items()
    },
}

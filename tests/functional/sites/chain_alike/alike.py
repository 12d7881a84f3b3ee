"""Around Java: passes everything on, or hands on to what the query names."""

from io import BytesIO


def _as_image(start_response):
    def start(status, headers, exc_info=None):
        return start_response(status, [("Content-Type", "image/png")], exc_info)

    return start


def application(environ, start_response):
    way = environ.get("HTTP_X_WAY", "")
    if way == "short":
        environ["wsgi.input"] = BytesIO(b"a=replaced")
        environ["CONTENT_LENGTH"] = "3"
    if way.startswith("read"):
        environ.get("REMOTE_USER")
    if way == "image":
        return environ["isthmus.chain"](environ, _as_image(start_response))
    if way.endswith("login"):
        assert environ["isthmus.user"].login("alice", environ["HTTP_X_PASSWORD"])
    if way == "named login":
        environ["REMOTE_USER"] = "alice"
    if way.endswith("logout"):
        environ["isthmus.user"].logout()
    return environ["isthmus.chain"](environ, start_response)


def including(environ, start_response):
    try:
        body = environ["isthmus.include"](environ["QUERY_STRING"])
    except RuntimeError as e:
        body = str(e).partition(":")[0].encode()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Python: ", body]


def forwarding(environ, start_response):
    start_response("404 Not Found", [])
    return environ["isthmus.forward"](environ["QUERY_STRING"])

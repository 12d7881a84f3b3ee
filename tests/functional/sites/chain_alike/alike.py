"""Around Java: passes everything on, or includes what the query names."""

from io import BytesIO


def application(environ, start_response):
    if environ.get("HTTP_X_WAY") == "short":
        environ["wsgi.input"] = BytesIO(b"a=replaced")
        environ["CONTENT_LENGTH"] = "3"
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

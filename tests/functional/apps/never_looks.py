"""Keeps environ without a look at it; another request looks at it, by ?key= of both."""

_kept = []


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if not _kept:
        _kept.append(environ)
        return [b"kept"]
    earlier = _kept.pop()
    try:
        return [earlier["QUERY_STRING"]]
    except RuntimeError as error:
        return [str(error)]

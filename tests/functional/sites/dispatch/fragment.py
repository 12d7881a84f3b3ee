"""A piece of a page with a header of its own; ?divided: a character in two blocks."""


def application(environ, start_response):
    headers = [("Content-Type", "text/html; charset=utf-8"), ("X-Fragment", "mine")]
    start_response("202 Accepted", headers)
    body = b"gr\xc3\xbc\xc3\x9fe"
    divided = environ["QUERY_STRING"] == "divided"
    return [body[:3], body[3:]] if divided else [body]

"""Hands its request on: PATH_INFO says how, the query string where to."""


def application(environ, start_response):
    request = environ["isthmus.request"]
    response = environ["isthmus.response"]
    dispatcher = request.getRequestDispatcher(environ["QUERY_STRING"])
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/echo":
        return [environ["REQUEST_METHOD"], b" ", environ["wsgi.input"].read()]
    if environ["PATH_INFO"] == "/forward":
        dispatcher.forward(request, response)
        return []
    write(b"before;")
    dispatcher.include(request, response)
    return [b";after ", environ["PATH_INFO"].encode("ascii")]

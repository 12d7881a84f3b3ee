"""What the soak asks for, by path: greet, echo, stream, fail, write a log line."""


def application(environ, start_response):
    page = PAGES[environ["PATH_INFO"]]
    return page(environ, start_response)


def greet(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello, world!"]


def echo(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return [body]


def endless(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    while True:
        yield b"x" * 8192


def fail(environ, start_response):
    raise ValueError("as every time")


def late(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"a beginning"
    raise ValueError("after the head")


def log(environ, start_response):
    environ["wsgi.errors"].write("one line")
    start_response("204 No Content", [])
    return []


PAGES = {
    "/greet": greet,
    "/echo": echo,
    "/endless": endless,
    "/fail": fail,
    "/late": late,
    "/log": log,
}

"""Keys: twelve environ values read, five headers set, thirteen bytes."""

BODY = b"Hello, world!"

KEYS = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "REMOTE_ADDR",
    "HTTP_HOST",
    "HTTP_USER_AGENT",
    "HTTP_ACCEPT",
    "HTTP_COOKIE",
)


def application(environ, start_response):
    octets = 0
    for key in KEYS:
        octets += len(environ[key])
    headers = [
        ("Content-Type", "text/plain"),
        ("Content-Length", "13"),
        ("Cache-Control", "no-store"),
        ("ETag", '"keys"'),
        ("X-Octets", str(octets)),
    ]
    start_response("200 OK", headers)
    return [BODY]

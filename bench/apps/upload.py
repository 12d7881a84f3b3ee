"""Upload: the body read by 64 KiB, the number of its octets answered."""


def application(environ, start_response):
    read = environ["wsgi.input"].read
    octets = 0
    while True:
        block = read(65536)
        if not block:
            break
        octets += len(block)
    body = str(octets).encode("ascii")
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]

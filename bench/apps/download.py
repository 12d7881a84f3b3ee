"""Download: the file named by BENCH_FILE through wsgi.file_wrapper."""

import os

PATH = os.environ["BENCH_FILE"]


def application(environ, start_response):
    headers = [
        ("Content-Type", "application/octet-stream"),
        ("Content-Length", str(os.path.getsize(PATH))),
    ]
    start_response("200 OK", headers)
    file = open(PATH, "rb")
    if "wsgi.file_wrapper" in environ:
        return environ["wsgi.file_wrapper"](file, 65536)
    # granian has none: the fallback of PEP 3333.
    return iter(lambda: file.read(65536), b"")

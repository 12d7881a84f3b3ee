"""Download: the file named by BENCH_FILE through wsgi.file_wrapper."""

import os

PATH = os.environ["BENCH_FILE"]


def application(environ, start_response):
    headers = [
        ("Content-Type", "application/octet-stream"),
        ("Content-Length", str(os.path.getsize(PATH))),
    ]
    start_response("200 OK", headers)
    return environ["wsgi.file_wrapper"](open(PATH, "rb"), 65536)

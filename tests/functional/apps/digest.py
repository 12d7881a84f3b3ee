"""Reads the body by 64 KiB and answers with its length and its SHA-256."""

import hashlib


def application(environ, start_response):
    digest = hashlib.sha256()
    length = 0
    for block in iter(lambda: environ["wsgi.input"].read(65536), b""):
        digest.update(block)
        length += len(block)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("%d %s" % (length, digest.hexdigest())).encode("ascii")]

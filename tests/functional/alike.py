"""What all example projects do alike, asserted once: failures, uploads, files."""

VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


def assert_failure_is_logged(visitor, path="/share/0", pattern="ZeroDivisionError"):
    """A 500 that tells a stranger nothing; the log has what the pattern matches."""
    log = visitor.server.log
    mark = log.mark()
    response = visitor.get(path)
    assert response.status_code == 500
    assert "Traceback" not in response.text and "ZeroDivision" not in response.text
    log.wait_for(pattern, mark)
    return response


def assert_streamed(visitor, path):
    response = visitor.get(path)
    assert response.text == "1\n2\n3\n"
    assert response.headers["Transfer-Encoding"] == "chunked"
    return response


def assert_upload_is_measured(visitor, field):
    blob = bytes(range(256)) * 4096
    files = {field: ("\u00fcber.bin", blob, "application/octet-stream")}
    found = visitor.post("/measure", files=files).json()
    assert found == {"name": "\u00fcber.bin", "bytes": len(blob)}


def assert_closed(visitor, directory, source):
    """Nothing but the files of a directory is had through it, sources least of all."""
    assert visitor.get(directory + "/none.css").status_code == 404
    assert visitor.climb(directory, source) <= {400, 403, 404}


def assert_not_sent_twice(visitor, path):
    """Whatever it can be recognized by, what the client has is a 304."""
    response = visitor.get(path)
    assert response.status_code == 200
    found = [name for name in VALIDATORS if name in response.headers]
    assert found
    for name in found:
        known = {VALIDATORS[name]: response.headers[name]}
        again = visitor.get(path, headers=known)
        assert (again.status_code, again.content) == (304, b"")
    return response


def assert_sent_in_parts(visitor, path):
    # Parts are of what would be sent, and that could be compressed.
    plain = {"Accept-Encoding": "identity"}
    whole = visitor.get(path, headers=plain).content
    part = visitor.get(path, headers={**plain, "Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, whole[:4])
    assert part.headers["Content-Range"] == "bytes 0-3/%d" % len(whole)
    beyond = {**plain, "Range": "bytes=%d-" % len(whole)}
    assert visitor.get(path, headers=beyond).status_code == 416
    head = visitor.head(path, headers=plain)
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(whole)))


def assert_kept_apart(crowd, introduce, greeting):
    """Visitors at once, by introduce(visitor, name), are greeted by their own names."""

    def visit(visitor, number):
        name = "Visitor %d" % number
        introduce(visitor, name)
        assert greeting % name in visitor.get("/").text

    crowd(visit)

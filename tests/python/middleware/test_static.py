"""Static files: found, conditional, in parts, and none from outside."""

import os

import pytest

from isthmus.middleware.static import Static, make_app, make_filter

OLD = 1000000000
DATE = "Sun, 09 Sep 2001 01:46:40 GMT"
TEXT = b"0123456789"


@pytest.fixture
def root(tmp_path):
    files = {
        "root/a.txt": TEXT,
        "root/sub/index.html": b"<p>index</p>",
        "root/caf\u00e9.css": b"p {}",
        "root/.secret": b"secret",
        "root/.git/config": b"secret",
        "root/x.tar.gz": b"gz",
        "root/unknown": b"?",
        "root-beside/b.txt": b"secret",
        "outside.txt": b"secret",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, (OLD, OLD))
    (tmp_path / "root" / "empty").mkdir()
    (tmp_path / "root" / "link.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "root" / "linked").symlink_to(tmp_path / "root-beside")
    (tmp_path / "root" / "inner.txt").symlink_to(tmp_path / "root" / "a.txt")
    return tmp_path / "root"


@pytest.mark.parametrize(
    "path, kind, body",
    [
        ("/a.txt", "text/plain; charset=utf-8", TEXT),
        ("/inner.txt", "text/plain; charset=utf-8", TEXT),
        ("/sub/", "text/html; charset=utf-8", b"<p>index</p>"),
        ("/sub/index.html", "text/html; charset=utf-8", b"<p>index</p>"),
        ("/caf\u00c3\u00a9.css", "text/css; charset=utf-8", b"p {}"),
        ("/x.tar.gz", "application/gzip", b"gz"),
        ("/unknown", "application/octet-stream", b"?"),
    ],
)
def test_file_is_served_as_what_it_is(ask, root, path, kind, body):
    answer = ask(Static(str(root)), path)
    assert (answer.status, answer.body) == ("200 OK", body)
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Length"] == str(len(body))
    assert answer.headers["Last-Modified"] == DATE
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt",
        "/sub/../../outside.txt",
        "/sub/../a.txt",
        "/./a.txt",
        "//a.txt",
        "/sub//index.html",
        "/..\\outside.txt",
        "/..",
        "/../root-beside/b.txt",
        "/link.txt",
        "/linked/b.txt",
        "/.secret",
        "/.git/config",
        "/a.txt\0.html",
        "/a.txt/",
        "/none.txt",
        "/empty",
        "/empty/",
        "/",
        "",
        "/C:/a.txt",
        "/" + "x" * 5000,
    ],
)
def test_nothing_else_is_served(ask, root, path):
    answer = ask(Static(str(root)), path)
    assert (answer.status, b"secret" in answer.body) == ("404 Not Found", False)


def test_directory_is_shown_its_slash(ask, root):
    answer = ask(Static(str(root)), "/sub", SCRIPT_NAME="/m", QUERY_STRING="q=1")
    assert answer.status == "301 Moved Permanently"
    assert answer.headers["Location"] == "/m/sub/?q=1"


def test_what_is_no_file_is_the_applications(ask, root, answering):
    app = Static(str(root), answering([b"app"]))
    assert ask(app, "/none.txt").body == b"app"
    assert ask(app, "/.secret").body == b"app"
    assert ask(app, "/a.txt").body == TEXT
    assert ask(app, "/a.txt", "POST").body == b"app"


def test_other_methods_are_refused(ask, root):
    answer = ask(Static(str(root)), "/a.txt", "POST")
    assert answer.status == "405 Method Not Allowed"
    assert answer.headers["Allow"] == "GET, HEAD"


def test_head_tells_the_length(ask, root):
    answer = ask(Static(str(root)), "/a.txt", "HEAD")
    assert (answer.headers["Content-Length"], answer.body) == ("10", b"")


def test_whole_file_is_the_servers_to_send(begin, root):
    exchange = begin(Static(str(root)), "/a.txt", checked=False)
    assert exchange.result.filelike.name == str(root / "a.txt")
    exchange.close()


TAG = '"%x-a"' % OLD


@pytest.mark.parametrize(
    "field, value, status",
    [
        ("HTTP_IF_NONE_MATCH", TAG, "304 Not Modified"),
        ("HTTP_IF_NONE_MATCH", 'W/%s, "other"' % TAG, "304 Not Modified"),
        ("HTTP_IF_NONE_MATCH", "*", "304 Not Modified"),
        ("HTTP_IF_NONE_MATCH", '"other"', "200 OK"),
        ("HTTP_IF_MODIFIED_SINCE", DATE, "304 Not Modified"),
        ("HTTP_IF_MODIFIED_SINCE", "Sun, 09 Sep 2001 01:46:39 GMT", "200 OK"),
        ("HTTP_IF_MODIFIED_SINCE", "nonsense", "200 OK"),
    ],
)
def test_file_that_the_client_has_is_not_sent_again(ask, root, field, value, status):
    answer = ask(Static(str(root), max_age=60), "/a.txt", **{field: value})
    assert (answer.status, answer.headers["ETag"]) == (status, TAG)
    assert answer.headers["Cache-Control"] == "max-age=60"


def test_tag_goes_before_time(ask, root):
    conditions = {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": DATE}
    assert ask(Static(str(root)), "/a.txt", **conditions).status == "200 OK"


@pytest.mark.parametrize(
    "asked, content_range, body",
    [
        ("bytes=0-0", "bytes 0-0/10", b"0"),
        ("bytes=2-4", "bytes 2-4/10", b"234"),
        ("bytes=7-", "bytes 7-9/10", b"789"),
        ("bytes=7-99", "bytes 7-9/10", b"789"),
        ("bytes=-3", "bytes 7-9/10", b"789"),
        ("bytes=-99", "bytes 0-9/10", TEXT),
    ],
)
@pytest.mark.parametrize("wrapper", [True, False])
def test_part_is_sent(ask, root, asked, content_range, body, wrapper):
    more = {} if wrapper else {"wsgi__file_wrapper": None}
    answer = ask(Static(str(root)), "/a.txt", HTTP_RANGE=asked, **more)
    assert (answer.status, answer.body) == ("206 Partial Content", body)
    assert answer.headers["Content-Range"] == content_range
    assert answer.headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=-0", "bytes=99-100"])
def test_part_beyond_the_end_is_refused(ask, root, asked):
    answer = ask(Static(str(root)), "/a.txt", HTTP_RANGE=asked)
    assert answer.status == "416 Range Not Satisfiable"
    assert answer.headers["Content-Range"] == "bytes */10"


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "a=0-1", "bytes=4-2", "bytes=-"])
def test_ranges_of_other_kinds_are_the_whole(ask, root, asked):
    assert ask(Static(str(root)), "/a.txt", HTTP_RANGE=asked).body == TEXT


@pytest.mark.parametrize(
    "condition, body",
    [(TAG, b"0"), (DATE, b"0"), ('"other"', TEXT), ("W/" + TAG, TEXT)],
)
def test_part_of_another_version_is_the_whole(ask, root, condition, body):
    more = {"HTTP_RANGE": "bytes=0-0", "HTTP_IF_RANGE": condition}
    assert ask(Static(str(root)), "/a.txt", **more).body == body


def test_paste_deploy_passes_text(ask, root, answering):
    app = make_app({}, str(root), max_age="5")
    assert ask(app, "/a.txt").headers["Cache-Control"] == "max-age=5"
    assert ask(make_filter({}, str(root))(answering([b"x"])), "/none").body == b"x"

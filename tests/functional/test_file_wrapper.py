"""wsgi.file_wrapper: every kind of a file, whole and exact (PEP 3333)."""

import hashlib

import pytest

import board
import engines
import failing
from mounts import Mount

MOUNTS = [Mount("watched_files", "files", before=["functional.SendfileFilter"])]

PATTERN = b"0123456789abcdef\r\n\n\x00\xff\x1a"
SMALL = 1000
# Tomcat's sendfile, where it is used, begins at 48 KiB; an odd size shows lost octets.
LARGE = 300 * 1024 + 7
ONE = pytest.param(1, marks=pytest.mark.matrix)
SIZES = pytest.mark.parametrize("size", [0, ONE, SMALL, LARGE])

KINDS = [
    "python_file",
    "python_file_text_mode",
    "io_open",
    "io_open_unbuffered",
    "temporary_file",
    "named_temporary_file",
    "string_io",
    "c_string_io",
    "bytes_io",
    "only_read",
    "java_file",
    "noted",
    "deleted_by_close",
    "deleted_already",
    "replaced_already",
]
# Isthmus sends these itself, and knows how long they are.
REAL = [
    "python_file",
    "python_file_text_mode",
    "io_open",
    "io_open_unbuffered",
    "java_file",
    "deleted_by_close",
    "deleted_already",
    "replaced_already",
]
# Types of Python 2, text that is octets, Java's File.
OF_JYTHON = ["python_file_text_mode", "string_io", "c_string_io"]
OF_JYTHON += ["java_file", "of_the_kernel_java", "of_a_page_java"]
SENDFILE = ["python_file", "io_open", "io_open_unbuffered", "java_file"]


def _cases(names):
    return engines.cases(names, jython=OF_JYTHON)


def content(size):
    return (PATTERN * (size // len(PATTERN) + 1))[:size]


def _digest(data):
    return len(data), hashlib.sha256(data).hexdigest()


def _query(case, size, **more):
    more = "".join("&%s=%s" % pair for pair in more.items())
    return "%s&size=%d%s" % (case, size, more)


def _get(mount, case, size, **more):
    query = board.Board(mount).query(_query(case, size, **more))
    return mount("files").get(query)


@SIZES
@pytest.mark.parametrize("case", _cases(KINDS))
def test_file_arrives_whole(mount, case, size):
    response = _get(mount, case, size)
    assert (response.status, response.complete) == (200, True)
    assert _digest(response.body) == _digest(content(size))


@SIZES
@pytest.mark.parametrize("case", _cases(KINDS))
def test_file_in_middleware_arrives_whole(mount, case, size):
    if case == "java_file":
        # Has no read(): only the gateway knows what to do with it.
        failure = failing.request(mount, "files", _query(case, size, wrap=1))
        failing.assert_clean_500(failure, "IS0036", "read")
        return
    response = _get(mount, case, size, wrap=1)
    assert (response.status, response.complete) == (200, True)
    assert _digest(response.body) == _digest(content(size))


@SIZES
@pytest.mark.parametrize("case", _cases(REAL))
def test_length_of_a_real_file_is_inferred(mount, case, size):
    assert _get(mount, case, size).header("Content-Length") == str(size)


@pytest.mark.parametrize("case", ["middle", "io_middle"])
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_file_is_sent_from_where_it_stands(mount, case, size):
    response = _get(mount, case, size)
    assert response.header("Content-Length") == str(size - 20)
    assert _digest(response.body) == _digest(content(size)[20:])


@SIZES
def test_file_read_to_its_end_is_empty(mount, size):
    response = _get(mount, "at_its_end", size)
    assert (response.header("Content-Length"), response.body) == ("0", b"")


@pytest.mark.jython
def test_newlines_of_a_universal_file_are_python_s(mount):
    response = _get(mount, "universal_newlines", SMALL)
    expected = content(SMALL).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert _digest(response.body) == _digest(expected)


def test_text_file_is_refused_as_unicode(mount):
    query = _query("text_file", SMALL)
    failing.assert_clean_500(failing.request(mount, "files", query), "IS0033")


@pytest.mark.jython
def test_missing_java_file_is_a_clean_500(mount):
    failure = failing.request(mount, "files", _query("java_file_missing", 1))
    failing.assert_clean_500(failure, "IS0036", "/no/such/secret/file")


def test_closed_file_is_a_clean_500(mount):
    failure = failing.request(mount, "files", _query("closed_file", SMALL))
    failing.assert_clean_500(failure, "IS0036", "closed file")


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("case", _cases(REAL + ["bytes_io"]))
class TestDeclaredLength:
    def test_equal_to_the_file_is_sent(self, mount, case, size):
        response = _get(mount, case, size, length=size)
        assert (response.header("Content-Length"), response.complete) == (
            str(size),
            True,
        )
        assert _digest(response.body) == _digest(content(size))

    def test_smaller_than_the_file_cuts_it(self, mount, case, size):
        length = size - 10
        query = _query(case, size, length=length)
        failure = failing.request(mount, "files", query)
        assert (failure.response.status, failure.response.complete) == (200, True)
        assert _digest(failure.response.body) == _digest(content(size)[:length])
        numbers = ("Content-Length %d" % length, "at least %d" % size)
        failing.assert_logged_once(failure, "IS0035", *numbers, level="WARNING")

    def test_larger_than_the_file_cuts_the_connection(self, mount, case, size):
        query = _query(case, size, length=size + 10)
        failure = failing.request(mount, "files", query)
        assert _digest(failure.response.body) == _digest(content(size))
        numbers = ("Content-Length %d" % (size + 10), "only %d bytes" % size)
        failing.assert_aborted(failure, "IS0034", *numbers, level="WARNING")

    def test_is_all_that_head_sends(self, mount, case, size):
        query = board.Board(mount).query(_query(case, size, length=size))
        response = mount("files").request("HEAD", query)
        assert (response.status, response.body) == (200, b"")
        assert response.header("Content-Length") == str(size)


@SIZES
@pytest.mark.parametrize("case", _cases(REAL))
def test_head_of_a_real_file_has_its_length(mount, case, size):
    query = board.Board(mount).query(_query(case, size))
    response = mount("files").request("HEAD", query)
    assert (response.header("Content-Length"), response.body) == (str(size), b"")


@pytest.mark.parametrize("more", [{}, {"wrap": 1}], ids=["alone", "wrapped"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("size", [0, SMALL, LARGE])
def test_close_of_the_file_is_called_once(mount, method, size, more):
    query = _query("noted", size, **more)
    outcome = failing.request(mount, "files", query, method)
    assert outcome.notes == ["closed"]


def test_block_size_is_that_of_the_reads(mount):
    outcome = failing.request(mount, "files", _query("only_read", 10, block=4))
    assert outcome.response.chunk_sizes == [4, 4, 2]


def test_file_that_becomes_shorter_cuts_the_connection(mount):
    mounted = mount("files")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    # More than all buffers hold, so that the rest is still to be read from the file.
    size, left = 64 << 20, 20 << 20
    with mounted.connect() as connection:
        query = notes.query(_query("cut_meanwhile", size))
        connection.request("GET", mounted.prefix + query)
        response = connection.receive_head()
        mounted.get(notes.query(_query("cut", left)))
        while connection.read_piece():
            pass
    assert response.header("Content-Length") == str(size)
    assert (len(response.body), response.complete) == (left, False)
    (record,) = [r for r in notes.records(mark) if "key=" + notes.key in r.text]
    assert "IS0132" in record.text and str(left) in record.text


@pytest.mark.parametrize("case", _cases(["python_file", "only_read", "java_file"]))
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_file_after_write_is_sent_after_it(mount, case, size):
    response = _get(mount, case, size, write=1)
    assert _digest(response.body) == _digest(b"written " + content(size))


def _sendfile(mount, case, size):
    """What the Java filter saw after the chain, and the response."""
    mounted = mount("watched_files")
    notes = board.Board(mount)
    mark = mounted.server.log.mark()
    response = mounted.get(notes.query(_query(case, size)))
    pattern = r"sendfile (.*) token=.*" + notes.key
    return mounted.server.log.wait_for(pattern, mark).group(1), response


@pytest.mark.parametrize("case", _cases(SENDFILE))
def test_large_plain_file_is_left_to_sendfile_where_there_is_one(mount, case):
    seen, response = _sendfile(mount, case, LARGE)
    tomcat = mount("files").server.name.startswith("tomcat")
    expected = "support=true named=true start=0 end=%d" % LARGE
    without = "support=null named=false start=null end=null"
    assert seen == (expected if tomcat else without)
    assert _digest(response.body) == _digest(content(LARGE))


@pytest.mark.parametrize(
    "case, size",
    [
        ("python_file", SMALL),
        ("noted", LARGE),
        ("bytes_io", LARGE),
        ("deleted_by_close", LARGE),
        ("deleted_already", LARGE),
        ("named_temporary_file", LARGE),
    ],
)
def test_other_files_are_not_left_to_sendfile(mount, case, size):
    seen, response = _sendfile(mount, case, size)
    assert "named=false" in seen
    assert _digest(response.body) == _digest(content(size))


@pytest.mark.parametrize(
    "case", _cases(["of_the_kernel", "of_the_kernel_io", "of_the_kernel_java"])
)
def test_file_without_a_length_arrives_whole(mount, case):
    response = _get(mount, case, 0)
    assert (response.status, response.complete) == (200, True)
    assert response.body.startswith(b"Name:")
    assert b"\nThreads:" in response.body


def test_file_without_a_length_goes_on_where_it_was_read_to(mount):
    response = _get(mount, "of_the_kernel_partly_read", 0)
    assert response.complete
    assert response.body.startswith(b"\t")
    assert response.body.count(b"\nThreads:") == 1


@pytest.mark.parametrize("case", _cases(["of_a_page", "of_a_page_java"]))
def test_file_that_is_shorter_than_it_says_arrives_whole(mount, case):
    mark = mount("files").server.log.mark()
    response = _get(mount, case, 0)
    assert (response.status, response.complete) == (200, True)
    assert response.body.endswith(b"\n")
    assert b"never" in response.body
    records = board.Board(mount).records(mark)
    assert [r for r in records if r.level in ("ERROR", "WARNING")] == []


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_file_that_has_grown_arrives_whole(mount, size):
    response = _get(mount, "grown", size)
    assert response.complete
    assert _digest(response.body) == _digest(content(size) + b"more")

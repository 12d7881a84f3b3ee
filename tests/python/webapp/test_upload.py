"""The upload, and the multipart parser under it."""

import hashlib
import io

import pytest

import body
import multipart
import upload

BOUNDARY = b"----X"
TYPE = "multipart/form-data; boundary=----X"


def form(*parts):
    """The body of a form: (headers, content) for each part."""
    text = b"".join(
        b"--%s\r\n%s\r\n\r\n%s\r\n" % (BOUNDARY, headers.encode(), content)
        for headers, content in parts
    )
    return text + b"--" + BOUNDARY + b"--\r\n"


def file_headers(name):
    return (
        'Content-Disposition: form-data; name="file"; filename="%s"\r\n'
        "Content-Type: text/plain" % name
    )


def parsed(data, size):
    """Each part's file name and content, from blocks of this size."""
    blocks = (data[i : i + size] for i in range(0, len(data), size))
    return [
        (part.filename, b"".join(part.blocks))
        for part in multipart.parts(blocks, BOUNDARY)
    ]


NEARLY = b"\r\n-----\r\n--\r\n----" + b"\r\n" * 3 + b"\n--" + BOUNDARY


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 64, 65536])
def test_parts_are_the_same_however_the_blocks_fall(size):
    contents = [b"", b"plain", NEARLY, bytes(range(256)) * 3]
    data = form(*((file_headers("f%d" % i), c) for i, c in enumerate(contents)))
    assert parsed(data, size) == [("f%d" % i, c) for i, c in enumerate(contents)]


def test_part_that_is_not_read_is_passed_over():
    data = form((file_headers("a"), b"x" * 1000), (file_headers("b"), b"y"))
    blocks = iter([data[:500], data[500:]])
    names = [part.filename for part in multipart.parts(blocks, BOUNDARY)]
    assert names == ["a", "b"]


def test_preamble_and_blanks_after_a_boundary_are_passed_over():
    data = form((file_headers("a"), b"1")).replace(b"X\r\n", b"X \t\r\n", 1)
    assert parsed(b"preamble\r\n" + data + b"epilogue", 4) == [("a", b"1")]


def test_field_that_is_no_file_has_no_file_name():
    data = form(('Content-Disposition: form-data; name="note"', b"n"))
    assert parsed(data, 9) == [(None, b"n")]


def test_file_name_is_utf8_and_browsers_escapes_are_undone():
    data = form((file_headers("Grüße%22%0D%0A%41.txt"), b""))
    assert parsed(data, 9) == [('Grüße"\r\n%41.txt', b"")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no boundary at all",
        form((file_headers("a"), b"cut off"))[:-20],
        b"--" + BOUNDARY + b"garbage\r\n\r\n",
        b"--" + BOUNDARY + b"\r\n" + b"x" * 20000,
    ],
)
def test_what_is_no_form_is_malformed(data):
    with pytest.raises(multipart.Malformed):
        parsed(data, 100)


@pytest.mark.parametrize(
    "content_type, expected",
    [
        ("multipart/form-data; boundary=abc", b"abc"),
        ('Multipart/Form-Data; charset=x; Boundary="a b;c"; y=z', b"a b;c"),
        ("multipart/form-data;boundary=abc;x=y", b"abc"),
    ],
)
def test_boundary_is_found_in_the_content_type(content_type, expected):
    assert multipart.boundary(content_type) == expected


@pytest.mark.parametrize(
    "content_type", ["", "text/plain; boundary=abc", "multipart/form-data"]
)
def test_other_content_types_are_malformed(content_type):
    with pytest.raises(multipart.Malformed):
        multipart.boundary(content_type)


def test_no_more_than_two_blocks_are_held():
    """A body of 64 MB passes, and each of its blocks is given up in time."""

    class Counted(bytes):
        alive = 0
        most = 0

        def __new__(cls, content):
            cls.alive += 1
            cls.most = max(cls.most, cls.alive)
            return super().__new__(cls, content)

        def __del__(self):
            Counted.alive -= 1

    head, tail = form((file_headers("a"), b"|")).split(b"|")

    def blocks():
        yield Counted(head)
        for _ in range(1024):
            yield Counted(bytes(65536))
        yield Counted(tail)

    sizes = []
    for part in multipart.parts(blocks(), BOUNDARY):
        sizes.extend(map(len, part.blocks))
    assert sum(sizes) == 1024 * 65536
    assert max(sizes) <= 2 * 65536
    assert Counted.most <= 2


def test_upload_tells_size_and_checksum(ask):
    data = form((file_headers("<a>"), b"12345"), (file_headers(""), b""))
    answer = ask(upload.application, "", "POST", data, CONTENT_TYPE=TYPE)
    assert answer.status == "200 OK"
    assert answer.text.count("<tr>") == 2
    assert '<th scope="row">&lt;a&gt;</th>' in answer.text
    assert '<td class="number">5</td>' in answer.text
    assert hashlib.sha256(b"12345").hexdigest() in answer.text


def test_upload_without_a_file_says_so(ask):
    data = form((file_headers(""), b""))
    answer = ask(upload.application, "", "POST", data, CONTENT_TYPE=TYPE)
    assert "No file was chosen." in answer.text


def test_upload_of_something_else_is_a_bad_request(ask):
    answer = ask(upload.application, "", "POST", b"x=1", CONTENT_TYPE="text/plain")
    assert answer.status == "400 Bad Request"
    assert "multipart/form-data" in answer.text


def test_body_is_never_read_past_its_length():
    stream = io.BytesIO(b"x" * 100 + b"the next request")
    environ = {"wsgi.input": stream, "CONTENT_LENGTH": "100"}
    assert b"".join(body.blocks(environ, 64)) == b"x" * 100
    assert stream.read() == b"the next request"


def test_body_of_unknown_length_is_read_to_its_end_if_it_has_one():
    environ = {"wsgi.input": io.BytesIO(b"x" * 100), "wsgi.input_terminated": True}
    assert b"".join(body.blocks(environ, 64)) == b"x" * 100
    del environ["wsgi.input_terminated"]
    environ["wsgi.input"] = io.BytesIO(b"x")
    assert list(body.blocks(environ)) == []


def test_body_that_is_cut_short_ends():
    environ = {"wsgi.input": io.BytesIO(b"x" * 10), "CONTENT_LENGTH": "100"}
    assert b"".join(body.blocks(environ)) == b"x" * 10

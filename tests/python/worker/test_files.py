"""wsgi.file_wrapper: what the container can send, and what Python must."""

import pytest

APP = r"""
import io
import tempfile
from pathlib import Path

FILE = Path(__file__).with_name("large.bin")
FILE.write_bytes(b"0123456789" * 20000)


def plain():
    file = FILE.open("rb")
    file.seek(10)
    return file


def temporary():
    file = tempfile.NamedTemporaryFile()
    file.write(b"temporary")
    file.flush()
    file.seek(0)
    return file


def text():
    return FILE.open("r")


def memory():
    return io.BytesIO(b"in memory")


class ReadsOnly:
    def __init__(self):
        self.file = plain()

    def read(self, size):
        return self.file.read(size)


def application(environ, start_response):
    start_response("200 OK", [])
    wrapper = environ["wsgi.file_wrapper"]
    kind = environ["PATH_INFO"].strip("/")
    if kind == "iterated":
        return (block for block in wrapper(plain(), 1000))
    return wrapper(globals()[kind]())
"""
CONTENT = b"0123456789" * 20000


@pytest.fixture(scope="module")
def worker(start):
    worker = start({"files.py": APP})
    worker.load("files:application")
    return worker


def request(worker, kind, **options):
    response = worker.slots[0].request(0, {"PATH_INFO": "/" + kind}, **options)
    assert response.failure is None, response.failure
    return response


def test_container_sends_an_ordinary_file(worker):
    response = request(worker, "plain")
    (position, number), path = response.files
    assert position == 10
    assert number > 2
    assert path.endswith(b"large.bin")
    assert response.blocks == []


def test_container_is_told_no_path_of_a_temporary_file(worker):
    (position, _), path = request(worker, "temporary").files
    assert (position, path) == (0, b"")


def test_python_sends_what_the_container_cannot(worker):
    response = request(worker, "plain", takes_files=False)
    assert response.body == CONTENT[10:]
    assert len(response.blocks) == 4


@pytest.mark.parametrize("kind", ["memory", "ReadsOnly", "iterated"])
def test_python_sends_what_is_no_file(worker, kind):
    response = request(worker, kind)
    assert response.files == []
    assert response.body == (b"in memory" if kind == "memory" else CONTENT[10:])


def test_text_is_refused(worker):
    response = worker.slots[0].request(0, {"PATH_INFO": "/text"})
    assert response.files == []
    assert response.failure[0] == "BLOCK_TYPE"

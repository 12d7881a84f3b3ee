"""A slot writes all of a block, however much of it one system call takes."""

import os

import pytest

from isthmus_worker import frames
from isthmus_worker.slots import Slot

# More than is copied behind its header, less than fits into a pipe.
BLOCK = bytes(range(256)) * 80


@pytest.fixture
def ends(tmp_path):
    """A slot, and the descriptor from which the container reads."""
    for name in "p0", "d0":
        os.mkfifo(tmp_path / name)
    both = [os.open(tmp_path / name, os.O_RDWR) for name in ("p0", "d0")]
    slot = Slot(str(tmp_path), 0, bytearray(1))
    slot.begin_request()
    yield slot, both[0]
    slot.end_request()
    slot.drop()
    for fd in both:
        os.close(fd)


@pytest.mark.parametrize("taken", [3, 8, 9, 8 + len(BLOCK)])
def test_rest_of_an_interrupted_write_follows(ends, monkeypatch, taken):
    slot, answers = ends

    def interrupted(fd, parts):
        return os.write(fd, b"".join(parts)[:taken])

    monkeypatch.setattr(os, "writev", interrupted)
    slot.block(BLOCK, True)
    assert frames.read_one(answers) == (frames.BODY, frames.FLUSH, BLOCK)


def test_frame_that_arrives_in_pieces_is_whole(ends, monkeypatch):
    slot, answers = ends
    read = os.read
    monkeypatch.setattr(os, "read", lambda fd, size: read(fd, min(size, 7)))
    slot.block(BLOCK, False)
    assert frames.read_one(answers) == (frames.BODY, 0, BLOCK)

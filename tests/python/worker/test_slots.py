"""A slot writes all of a block, opens only what is there, and closes what it opened."""

import os
import struct
import threading

import pytest

from hosting import PATTERNS
from isthmus_worker import frames, slots
from isthmus_worker.rules import Rules
from isthmus_worker.slots import Slot

# More than is copied behind its header, less than fits into a pipe.
BLOCK = bytes(range(256)) * 80


@pytest.fixture
def ends(tmp_path):
    """A slot, and the descriptor from which the container reads."""
    for name in "p0", "d0":
        os.mkfifo(tmp_path / name)
    both = [os.open(tmp_path / name, os.O_RDWR) for name in ("p0", "d0")]
    slot = Slot(str(tmp_path), 0, bytearray(1), Rules(PATTERNS))
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


@pytest.fixture
def received(ends):
    """Reads a response to its end in a thread: returns kinds, lengths and body."""

    def follow(send):
        slot, answers = ends
        sender = threading.Thread(target=send, args=(slot,))
        sender.start()
        kinds, body, lengths = [], b"", []
        while not kinds or kinds[-1] not in (frames.END, frames.FULL):
            kind, _, payload = frames.read_one(answers)
            kinds.append(kind)
            if kind == frames.BODY:
                body += payload
                lengths.append(len(payload))
            if kind == frames.HEAD:
                lengths.append(struct.unpack_from("!q", payload)[0])
        sender.join()
        return kinds, lengths, body

    return follow


def send_list(slot):
    slot.full(b"200 OK", [BLOCK, b"", BLOCK[:90], BLOCK], 2 * len(BLOCK) + 90)


def send_blocks(slot):
    slot.begin(b"200 OK", -1, BLOCK)
    slot.block(BLOCK, True)
    slot.end("")


def test_list_larger_than_a_frame_is_sent_in_several(received, monkeypatch):
    monkeypatch.setattr(slots, "_LARGEST", 2 * len(BLOCK))
    kinds, lengths, body = received(send_list)
    assert kinds == [frames.HEAD, *3 * [frames.BODY], frames.END]
    assert lengths == [2 * len(BLOCK) + 90, len(BLOCK), 90, len(BLOCK)]
    assert body == BLOCK + BLOCK[:90] + BLOCK


def test_block_larger_than_a_frame_is_sent_in_several(received, monkeypatch):
    monkeypatch.setattr(slots, "_LARGEST", len(BLOCK) - 1)
    kinds, lengths, body = received(send_blocks)
    assert kinds == [frames.HEAD, *4 * [frames.BODY], frames.END]
    assert lengths == [-1, len(BLOCK) - 1, 1, len(BLOCK) - 1, 1]
    assert body == BLOCK + BLOCK


def test_list_of_two_gibibytes_arrives_whole(ends):
    """No frame has a length that Java's int, which has a sign, cannot express."""
    slot, answers = ends
    blocks = [bytes(1 << 20)] * 2048
    whole = b"200 OK", blocks, 2048 << 20
    sender = threading.Thread(target=slot.full, args=whole, daemon=True)
    sender.start()
    count = 0
    kind = None
    while kind != frames.END:
        length, _, kind, _ = frames.HEADER.unpack(os.read(answers, 8))
        assert length < 1 << 31
        left = length - 8
        while left:
            left -= len(os.read(answers, min(left, 1 << 20)))
        count += length - 8 if kind == frames.BODY else 0
    sender.join()
    assert count == 2048 << 20


@pytest.mark.parametrize(
    "ask, what",
    [
        (lambda slot, text: slot.call(["session.set", text], "what"), "what"),
        (lambda slot, text: slot.check(["200 OK", "X-Large", text]), "head"),
        (lambda slot, text: slot.chain(({"HTTP_X": text}, None)), "isthmus.chain"),
    ],
)
def test_question_that_is_too_large_is_refused_before_it_is_sent(ends, ask, what):
    slot, answers = ends
    with pytest.raises(ValueError, match="QUESTION_TOO_LARGE .*" + what) as raised:
        ask(slot, "x" * (1 << 24))
    assert str((1 << 24) + 8)[:5] in str(raised.value)
    slot.block(b"next", False)
    assert frames.read_one(answers) == (frames.BODY, 0, b"next")


def descriptors():
    return sorted(os.listdir("/proc/self/fd"))


def test_slot_that_the_container_has_closed_is_not_waited_for(tmp_path):
    for name in "p0", "d0":
        os.mkfifo(tmp_path / name)
    with pytest.raises(BrokenPipeError):
        Slot(str(tmp_path), 0, bytearray(1), Rules(PATTERNS))


def test_slot_of_one_pipe_leaves_nothing_open(tmp_path):
    os.mkfifo(tmp_path / "p0")
    container = os.open(tmp_path / "p0", os.O_RDWR)
    before = descriptors()
    with pytest.raises(BrokenPipeError):
        Slot(str(tmp_path), 0, bytearray(1), Rules(PATTERNS))
    assert descriptors() == before
    os.close(container)


def test_pipes_block(ends):
    slot, _ = ends
    found = slot.forked()
    assert all(map(os.get_blocking, found))
    for fd in found:
        os.close(fd)


def test_slot_is_not_closed_while_its_request_is_given_back(ends, monkeypatch):
    slot, answers = ends
    assert slot.end_request()
    send = slot._send

    def dropped_before(octets):
        assert not slot.drop()
        send(octets)

    monkeypatch.setattr(slot, "_send", dropped_before)
    slot.give_back(False)
    assert frames.read_one(answers) == (frames.RETURNED, 0, b"")
    assert not slot.end_request()


def test_end_of_a_request_leaves_the_slot_to_the_next_one(ends):
    """The container may use it again as soon as it has read the end."""
    slot, answers = ends
    taken = threading.Thread(target=slot.begin_request)
    taken.start()
    taken.join()
    assert not slot.drop()
    assert slot.end_request()
    slot.block(BLOCK, False)
    assert frames.read_one(answers) == (frames.BODY, 0, BLOCK)
    slot.thread = None

"""Each block is on the wire before the next one is asked for (PEP 3333)."""

import pytest

import board

CASES = [
    "generator",
    "iterator",
    "empty_blocks_between",
    "written",
    "written_then_returned",
    "written_then_generated",
    "written_inside_the_generator",
]
BLOCKS = [b"one,", b"two,", b"three."]


@pytest.mark.parametrize("length", [None, 14], ids=["chunked", "counted"])
@pytest.mark.parametrize("case", CASES)
def test_block_arrives_before_the_next_is_asked_for(mount, case, length):
    mounted = mount("streams")
    notes = board.Board(mount)
    query = notes.query(case) + ("&length=%d" % length if length else "")
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + query)
        response = connection.receive_head()
        for block in BLOCKS:
            connection.read_until(block)
            # The application waits for this before it makes another block.
            notes.add("seen " + block.decode())
        assert connection.read_piece() == b""
    assert (response.body, response.complete) == (b"".join(BLOCKS), True)
    assert response.header("Content-Length") == (str(length) if length else None)


def test_block_arrives_before_the_body_is_read_further(mount):
    mounted = mount("streams")
    with mounted.connect() as connection:
        query = board.Board(mount).query("read_between")
        fields = [("Content-Length", str(len(BLOCKS)))]
        connection.request("POST", mounted.prefix + query, fields)
        response = connection.receive_head("POST")
        for block in BLOCKS:
            connection.read_until(block)
            connection.send(b".")
        assert connection.read_piece() == b""
    assert (response.body, response.complete) == (b"".join(BLOCKS), True)


def test_body_that_is_complete_arrives_before_its_iterator_ends(mount):
    mounted = mount("streams")
    notes = board.Board(mount)
    with mounted.connect() as connection:
        query = notes.query("counted_block") + "&length=14"
        connection.request("GET", mounted.prefix + query)
        connection.receive_head()
        connection.read_until(b"three.")
        notes.add("seen one,two,three.")
        assert connection.read_piece() == b""


def test_arrival_times_are_those_of_the_blocks(mount):
    mounted = mount("streams")
    notes = board.Board(mount)
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query("generator"))
        response = connection.receive_head()
        for block in BLOCKS:
            connection.read_until(block)
            notes.add("seen " + block.decode())
        assert connection.read_piece() == b""
    assert [piece for _, piece in response.pieces] == BLOCKS
    times = [time for time, _ in response.pieces]
    assert times == sorted(set(times))


def test_empty_blocks_do_not_send_the_head(mount):
    mounted = mount("head_waits")
    notes = board.Board(mount)
    with mounted.connect() as connection:
        connection.request("GET", mounted.prefix + notes.query())
        notes.wait_for("empty blocks are out")
        assert connection.silent_for(0.2)
        notes.add("nothing came")
        assert connection.receive().body == b"now"


@pytest.mark.parametrize("case", ["list", "tuple"])
def test_list_goes_out_in_one_piece_with_its_length(mount, case):
    response = mount("results").get(board.Board(mount).query(case))
    assert (response.header("Content-Length"), response.chunk_sizes) == ("4", [])
    assert [piece for _, piece in response.pieces] == [b"abcd"]

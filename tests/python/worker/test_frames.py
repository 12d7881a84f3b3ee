"""Frames are there, or not yet, whatever the application has patched."""

import os
import select

from isthmus_worker import frames


def test_looks_for_a_frame_without_waiting_after_gevent_has_removed_poll(monkeypatch):
    monkeypatch.delattr(select, "poll")
    reader, writer = os.pipe()
    some = frames.Frames(reader)
    assert some.arrived() is None
    os.write(writer, frames.HEADER.pack(8, 3, frames.REQUEST, 0))
    assert some.arrived() == (3, frames.REQUEST, 0, b"")
    assert some.arrived() is None
    os.close(reader)
    os.close(writer)

"""isthmus.session as a mapping, while other requests of the client use it, too."""

import pytest

from isthmus.session import Session
from isthmus.sessions.keys import Keys


class Shared:
    """A container's session, from which another request takes each key in `taken`.

    It does so after the key was read or listed, and before anything else.
    """

    def __init__(self, kept, taken=()):
        self.kept = dict(kept)
        self.taken = taken

    def __call__(self, name, *arguments):
        found = getattr(self, name.replace("session.", ""))(*arguments)
        for key in self.taken:
            self.kept.pop(key, None)
        return found

    def get(self, key):
        return [self.kept[key]] if key in self.kept else []

    def keys(self):
        return list(self.kept)

    def remove(self, key):
        return self.kept.pop(key, None) is not None


def test_pop_returns_the_value_and_removes_it():
    shared = Shared({"a": 1})
    session = Session(shared)
    assert [session.pop("a"), session.pop("a", 2), shared.kept] == [1, 2, {}]
    assert session.pop("b", None) is session.pop("b", default=None) is None
    assert session.pop(3, "default") == "default"
    with pytest.raises(KeyError):
        session.pop("a")


def test_key_that_another_request_takes_meanwhile_was_never_there():
    session = Session(Shared({"a": 1}, taken="a"))
    assert session.pop("a", None) is None
    session = Session(Shared({"a": 1}, taken="a"))
    with pytest.raises(KeyError):
        session.pop("a")


def test_framework_pops_what_another_request_takes_meanwhile():
    session = Keys(Session(Shared({"a": 1}, taken="a")))
    assert session.pop("a", None) is None
    session = Keys(Session(Shared({"a": 1, "b": 2})))
    assert [session.pop("a"), session.pop("a", 3), list(session)] == [1, 3, ["b"]]
    assert session.pop("a", default=4) == 4


def test_item_that_another_request_takes_is_not_popped():
    session = Session(Shared({"a": 1, "b": 2}, taken="a"))
    assert session.popitem() == ("b", 2)
    with pytest.raises(KeyError, match="empty"):
        session.popitem()


def test_clear_goes_on_after_a_key_that_another_request_has_taken():
    shared = Shared({"a": 1, "b": 2}, taken="a")
    Session(shared).clear()
    assert shared.kept == {}

"""isthmus.db where there is no Java."""

import sys

import pytest

from isthmus import rules


def test_isthmus_db_names_what_cpython_has_instead(monkeypatch):
    monkeypatch.delitem(sys.modules, "isthmus.db", raising=False)
    monkeypatch.setitem(rules._patterns, "DB_ON_CPYTHON", "IS0520: not here")
    with pytest.raises(ImportError, match="IS0520: not here"):
        import isthmus.db  # noqa: F401

"""isthmus.paste_eggs: the distributions that a message can name."""

import sys

from isthmus import paste_eggs


def test_broken_distribution_has_no_name(tmp_path, monkeypatch):
    for name in ("whole", "broken"):
        (tmp_path / (name + "-1.dist-info")).mkdir()
    (tmp_path / "whole-1.dist-info" / "METADATA").write_text("Name: Whole\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert paste_eggs.names() == ["Whole"]

"""An archive's octets depend on its entries alone; it appears whole, or not at all."""

import os
import zipfile

import pytest

from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import archive

ENTRIES = {
    "b.txt": b"b" * 100,
    "WEB-INF/web.xml": b"<w/>",
    "META-INF/MANIFEST.MF": b"M",
}


def _refused(call, *args):
    with pytest.raises(ToolError) as refused:
        call(*args)
    return refused.value


def test_same_entries_give_the_same_octets(tmp_path):
    file = tmp_path / "é.txt"
    for number, order in enumerate((sorted, reversed)):
        file.write_bytes(b"text")
        os.utime(file, (number, number))
        file.chmod(0o644 - number)
        entries = {name: ENTRIES[name] for name in order(list(ENTRIES))}
        archive.write({**entries, "é.txt": file}, tmp_path / ("%d.war" % number))
    first, second = ((tmp_path / n).read_bytes() for n in ("0.war", "1.war"))
    assert first == second
    with zipfile.ZipFile(tmp_path / "0.war") as opened:
        assert opened.namelist()[0] == "META-INF/MANIFEST.MF"
        assert opened.read("é.txt") == b"text"
        assert {entry.date_time for entry in opened.infolist()} == {
            (2026, 1, 1, 0, 0, 0)
        }


def test_time_is_that_of_all_entries_and_in_utc(tmp_path):
    archive.write(ENTRIES, tmp_path / "a.war", 1700000001)
    with zipfile.ZipFile(tmp_path / "a.war") as opened:
        entry = opened.getinfo("b.txt")
    # MS-DOS counts in steps of two seconds, and has no time zone.
    assert entry.date_time == (2023, 11, 14, 22, 13, 20)
    assert entry.extra == b"UT\x05\x00\x01" + (1700000001).to_bytes(4, "little")
    archive.write_directory(ENTRIES, tmp_path / "a", 1700000001)
    assert (tmp_path / "a" / "b.txt").stat().st_mtime == 1700000001
    archive.write(ENTRIES, tmp_path / "b.war", 0)
    with zipfile.ZipFile(tmp_path / "b.war") as opened:
        assert opened.getinfo("b.txt").date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize("when, year", [(0, 1980), (2**33, 2107)])
def test_time_that_archives_do_not_have_becomes_the_nearest(tmp_path, when, year):
    archive.write({"a": b""}, tmp_path / "x.war", when)
    with zipfile.ZipFile(tmp_path / "x.war") as found:
        assert [e.date_time[0] for e in found.infolist()] == [year]


def test_file_that_cannot_be_read_leaves_what_was_there(tmp_path):
    (tmp_path / "a.war").write_bytes(b"before")
    entries = {**ENTRIES, "z.txt": tmp_path / "absent"}
    assert _refused(archive.write, entries, tmp_path / "a.war").rule is (
        Rule.FILE_UNREADABLE
    )
    assert (tmp_path / "a.war").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.war"]


def test_directory_is_replaced_if_it_is_a_web_application(tmp_path):
    target = tmp_path / "shop"
    archive.write_directory({**ENTRIES, "old.txt": b""}, target)
    archive.write_directory(ENTRIES, target)
    there = [p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()]
    assert sorted(there) == sorted(ENTRIES)
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]


def test_other_directory_is_not_replaced(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    error = _refused(archive.write_directory, ENTRIES, tmp_path / "home")
    assert error.rule is Rule.OUTPUT_UNWRITABLE
    assert (tmp_path / "home" / "letter.txt").read_text() == "dear"
    assert _refused(archive.write, ENTRIES, tmp_path / "home").rule is (
        Rule.OUTPUT_UNWRITABLE
    )


def test_place_that_is_absent_is_reported(tmp_path):
    error = _refused(archive.write, ENTRIES, tmp_path / "absent" / "a.war")
    assert error.rule is Rule.OUTPUT_UNWRITABLE
    assert str(tmp_path / "absent" / "a.war") in str(error)


@pytest.mark.parametrize("name", ["a\\b", "a\nb", "a\udcffb"])
def test_names_that_archives_cannot_have_are_refused(name):
    assert _refused(archive.check_names, [name]).rule is Rule.FILE_UNREADABLE

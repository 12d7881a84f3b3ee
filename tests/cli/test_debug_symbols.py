"""`isthmus war --strip` takes debug symbols from the libraries of a Python 3 WAR."""

import shutil
import struct
import sys
import zipfile

import pytest

import packages

# ELF's numbers: its class of 64 bits, least significant byte first, version 1.
IDENT = b"\x7fELF\x02\x01\x01" + bytes(9)
_SHARED, _LOADED = 3, 1
_PAGE = 4096
_CODE, _TABLE = (1, 6), (3, 0)  # (type, flags) of a section
SYMBOLS = b"symbols " * 500


def _machine():
    """The number of this machine's processor, which its `strip` knows."""
    with open(sys.executable, "rb") as program:
        return struct.unpack("<H", program.read(20)[18:])[0]


def shared_library():
    """The octets of an ELF file with a little code and with debug symbols."""
    names = b"\0.text\0.debug_info\0.shstrtab\0"
    sections = [
        (b".text", _CODE, b"\xc3" * 16),
        (b".debug_info", (1, 0), SYMBOLS),
        (b".shstrtab", _TABLE, names),
    ]
    body, headers = b"", bytes(64)
    for name, (kind, flags), octets in sections:
        at = names.index(b"\0" + name + b"\0") + 1
        place = _PAGE + len(body)
        address = place if name == b".text" else 0
        fields = at, kind, flags, address, place, len(octets), 0, 0, 1, 0
        headers += struct.pack("<IIQQQQIIQQ", *fields)
        body += octets
    start = _PAGE + len(body)
    fields = _SHARED, _machine(), 1, 0, 64, start, 0, 64, 56, 1, 64, 4, 3
    head = IDENT + struct.pack("<HHIQQQIHHHHHH", *fields)
    head += struct.pack("<2I6Q", _LOADED, 5, _PAGE, _PAGE, _PAGE, 16, 16, _PAGE)
    return head.ljust(_PAGE, b"\0") + body + headers


FILES = {
    "one/__init__.py": b"",
    "one/typed.pyi": b"x: int\n",
    "one/tests/test_one.py": b"",
    "one/_speed.so": shared_library(),
    "one/_small.so.1": shared_library().replace(b"debug_info", b"other_info"),
    "one/_text.so": b"INPUT(-lone) .debug_info\n",
}


@pytest.fixture
def strip(tmp_path, monkeypatch, isthmus, packed):
    """Make a WAR with --strip; return what the tool says, and the library's files."""
    (tmp_path / "shop").mkdir()
    monkeypatch.chdir(tmp_path / "shop")
    source = "def application(environ, start_response) -> list:\n    return []\n"
    (tmp_path / "shop" / "app.py").write_text(source)
    (tmp_path / "shop" / "requirements.txt").write_text("one\n")
    index = packages.Index(tmp_path / "index", monkeypatch)

    def run(files=FILES):
        index.wheel("one", "1.0", files=files)
        made = isthmus("war", "--strip", "-o", "x.war")
        assert made.code == 0, made
        prefix = "WEB-INF/lib-python/"
        with zipfile.ZipFile("x.war") as war:
            names = [n for n in war.namelist() if n.startswith(prefix + "one/")]
            return made.err, {name[len(prefix) :]: war.read(name) for name in names}

    return run


def _path(directory, monkeypatch, **programs):
    """Let PATH be one directory with these programs: {name: path}."""
    directory.mkdir()
    for name, program in programs.items():
        (directory / name).symlink_to(program)
    monkeypatch.setenv("PATH", str(directory))


@pytest.mark.parametrize("name", ["strip", "llvm_strip"])
def test_strip_takes_debug_symbols_and_nothing_else_of_a_library(
    tmp_path, monkeypatch, strip, name
):
    binutils = shutil.which("strip")
    _path(tmp_path / "bin", monkeypatch, **{name.replace("_", "-"): binutils})
    message, files = strip()
    assert "IS0423" not in message, message
    assert not [n for n in files if n.endswith(".pyi") or "/tests/" in n]
    library = files["one/_speed.so"]
    assert SYMBOLS not in library and b".debug_info" not in library
    assert library.startswith(IDENT) and b"\xc3" * 16 in library
    for kept in ("one/_small.so.1", "one/_text.so"):
        assert files[kept] == FILES[kept]
    assert strip()[1] == files


def test_symbols_remain_with_a_line_that_says_so_without_strip(
    tmp_path, monkeypatch, strip
):
    _path(tmp_path / "bin", monkeypatch)
    message, files = strip()
    assert (
        "IS0423" in message and "one/_speed.so" in message and "llvm-strip" in message
    )
    assert files["one/_speed.so"] == FILES["one/_speed.so"]


def test_library_that_strip_does_not_know_remains_and_strip_is_quoted(
    tmp_path, monkeypatch, strip
):
    _path(tmp_path / "bin", monkeypatch, strip=shutil.which("strip"))
    damaged = shared_library()[:64] + b".debug_info"
    message, files = strip({**FILES, "one/_other.so": damaged})
    assert (
        "IS0423" in message
        and "one/_other.so" in message
        and "strip reported" in message
    )
    assert files["one/_other.so"] == damaged
    assert SYMBOLS not in files["one/_speed.so"]


# A strip that writes a number into the segment's header.
DAMAGES = """#!%s
import struct, sys
with open(sys.argv[4], "rb") as file:
    octets = bytearray(file.read())
struct.pack_into("<Q", octets, %d, %d)
with open(sys.argv[3], "wb") as file:
    file.write(octets)
"""


@pytest.mark.parametrize(
    "place, value", [(8, _PAGE + 8), (16, 2 * _PAGE), (32, 8), (40, 32)]
)
def test_library_that_strip_would_damage_remains_as_it_is(
    tmp_path, monkeypatch, strip, place, value
):
    program = tmp_path / "damages"
    program.write_text(DAMAGES % (sys.executable, 64 + place, value))
    program.chmod(0o755)
    _path(tmp_path / "bin", monkeypatch, strip=program)
    message, files = strip()
    assert "IS0423" in message and "one/_speed.so" in message and "damage" in message, (
        message
    )
    assert files["one/_speed.so"] == FILES["one/_speed.so"]

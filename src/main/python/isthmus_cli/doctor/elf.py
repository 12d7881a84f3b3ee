"""Reads what a shared object for Linux needs, from its ELF header and .dynamic.

https://gabi.xinuos.com/elf/ has the tables; all that CPython runs on here is 64-bit and
little-endian.
"""

import re
import struct
from typing import NamedTuple

_MAGIC = b"\x7fELF\x02\x01"
# e_machine, at offset 18.
_MACHINES = {62: "linux-x86_64", 183: "linux-arm64"}
_PROGRAM_HEADER = struct.Struct("<IIQQQQQQ")
_ENTRY = struct.Struct("<QQ")
_LOAD, _DYNAMIC = 1, 2
_NULL, _NEEDED, _STRING_TABLE = 0, 1, 5
_GLIBC = re.compile(rb"\0GLIBC_(\d+)\.(\d+)")


class SharedObject(NamedTuple):
    """What a file says about itself.

    :ivar platform: JavaCPP's name of it; None if it is for another processor.
    :ivar needed: the file names of the libraries that it is linked with.
    :ivar glibc: the oldest that has all its symbols, such as (2, 17); (0, 0) if it
        needs none.
    """

    platform: str
    needed: tuple
    glibc: tuple


def read(octets):
    """The SharedObject of a file's octets; None if it is no such file."""
    if not octets.startswith(_MAGIC):
        return None
    try:
        (machine,) = struct.unpack_from("<H", octets, 18)
        versions = [tuple(map(int, found)) for found in _GLIBC.findall(octets)]
        needed = tuple(_needed(octets))
    except (struct.error, ValueError, OverflowError):
        # It ends too early, or places in it are beyond any file.
        return None
    return SharedObject(_MACHINES.get(machine), needed, max(versions, default=(0, 0)))


def _needed(octets):
    (offset,) = struct.unpack_from("<Q", octets, 32)
    size, count = struct.unpack_from("<HH", octets, 54)
    headers = [
        _PROGRAM_HEADER.unpack_from(octets, offset + size * number)
        for number in range(count)
    ]
    entries = []
    for kind, _, start, _, _, length, _, _ in headers:
        if kind == _DYNAMIC:
            for place in range(start, start + length, _ENTRY.size):
                tag, value = _ENTRY.unpack_from(octets, place)
                if tag == _NULL:
                    break
                entries.append((tag, value))
    tables = [value for tag, value in entries if tag == _STRING_TABLE]
    if not tables:
        return
    strings = _in_file(tables[0], headers)
    for tag, value in entries:
        if tag == _NEEDED:
            end = octets.index(b"\0", strings + value)
            yield octets[strings + value : end].decode("ascii", "replace")


def _in_file(address, headers):
    """The offset in the file of an address in memory."""
    for kind, _, offset, start, _, length, _, _ in headers:
        if kind == _LOAD and start <= address < start + length:
            return offset + address - start
    raise ValueError(address)

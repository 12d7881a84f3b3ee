"""Which platform a binary file is for, as its header says: ELF, Mach-O or PE."""

import struct

from isthmus_cli.doctor import elf

# cputype of a 64-bit Mach-O in little-endian order (<mach/machine.h>).
_MACH_O = {0x01000007: "macosx-x86_64", 0x0100000C: "macosx-arm64"}
# Machine of a COFF header (PE format, 3.3.1).
_PE = {0x8664: "windows-x86_64", 0xAA64: "windows-arm64"}


def platform(octets):
    """JavaCPP's name of it; None if it is no binary, or for no processor known here."""
    if octets.startswith(b"\x7fELF"):
        seen = elf.read(octets)
        return seen and seen.platform
    if octets.startswith(b"\xcf\xfa\xed\xfe"):
        return _MACH_O.get(struct.unpack_from("<I", octets, 4)[0])
    if octets.startswith(b"MZ"):
        (head,) = struct.unpack_from("<I", octets, 0x3C)
        return _PE.get(struct.unpack_from("<H", octets, head + 4)[0])
    return None


def is_one(octets):
    """Whether it is an ELF, Mach-O (of any kind) or PE file."""
    magics = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
    return octets.startswith((*magics, b"MZ"))

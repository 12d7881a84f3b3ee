"""Reads from a Mach-O header which processors a file for macOS is for.

<mach-o/loader.h> and <mach-o/fat.h> have the structures. A universal file begins with a
list of parts, in big-endian order.
"""

import struct

_ONE = b"\xcf\xfa\xed\xfe"
_UNIVERSAL = b"\xca\xfe\xba\xbe"
# cputype, with 64 bits: CPython runs on no other here.
_PLATFORMS = {0x01000007: "macosx-x86_64", 0x0100000C: "macosx-arm64"}
_MOST_PARTS = 16
_PART = struct.Struct(">5I")


def platforms(octets):
    """JavaCPP's names of its platforms; None if it is no such file."""
    try:
        if octets.startswith(_ONE):
            types = struct.unpack_from("<I", octets, 4)
        elif octets.startswith(_UNIVERSAL):
            (count,) = struct.unpack_from(">I", octets, 4)
            places = range(8, 8 + min(count, _MOST_PARTS) * _PART.size, _PART.size)
            types = [_PART.unpack_from(octets, place)[0] for place in places]
        else:
            return None
    except struct.error:
        # It ends too early.
        return ()
    return tuple(_PLATFORMS[cpu] for cpu in types if cpu in _PLATFORMS)

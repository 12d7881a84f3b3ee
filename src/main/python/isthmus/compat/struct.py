"""struct.pack_into for a bytearray: Jython's accepts only an array of the module array.

Mercurial uses it to record the branch of each commit, when it commits and when it lists
branches.

Provides the module struct with a pack_into that accepts both.
"""

from __future__ import absolute_import

import struct

from isthmus.compat import _lending


def pack_into(fmt, buffer, offset, *values):
    """Pack values into a bytearray or an array, from an offset on.

    :raises struct.error: if there is not enough room.
    """
    if not isinstance(buffer, bytearray):
        return struct.pack_into(fmt, buffer, offset, *values)
    octets = struct.pack(fmt, *values)
    start = offset + len(buffer) if offset < 0 else offset
    if start < 0 or start + len(octets) > len(buffer):
        raise struct.error("pack_into requires a buffer of %d octets" % len(octets))
    buffer[start : start + len(octets)] = octets


_lending.lend_in_place(struct, pack_into=pack_into)

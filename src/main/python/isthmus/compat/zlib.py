"""zlib.decompress of a buffer: Jython's takes a str alone.

Mercurial decompresses parts of a file so, without copying them first.

Answered is zlib with a decompress that takes both. It does copy.
"""

from __future__ import absolute_import

import zlib

from isthmus.compat import _lending

if _lending.IS_JYTHON:
    _of_jython = zlib.decompress

    def decompress(octets, *arguments):
        """Return what is compressed in a str or a buffer."""
        return _of_jython(str(octets), *arguments)

    zlib.decompress = decompress

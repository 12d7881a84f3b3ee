"""zlib.decompress of a buffer: Jython's accepts only a str.

Mercurial uses it to decompress parts of a file without copying them first.

Provides zlib with a decompress that accepts both. It does copy.
"""

from __future__ import absolute_import

import zlib

from isthmus.compat import _lending

if _lending.IS_JYTHON:
    _of_jython = zlib.decompress

    def decompress(octets, *arguments):
        """Decompress a str or a buffer."""
        return _of_jython(str(octets), *arguments)

    zlib.decompress = decompress

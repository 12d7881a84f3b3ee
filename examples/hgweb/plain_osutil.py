"""mercurial.osutil without ctypes, whose structures Jython's cannot describe.

Mercurial's own needs them to receive file descriptors, for its command server alone.
"""

import os
from stat import S_IFDIR, S_IFMT

posixfile = open


def listdir(path, stat=False, skip=None):
    """Return (name, kind) of what is in a directory, or (name, kind, status).

    :param skip: if there is a directory of this name, nothing is returned at all.
    """
    found = []
    for name in sorted(os.listdir(path)):
        status = os.lstat(os.path.join(path, name))
        kind = S_IFMT(status.st_mode)
        if name == skip and kind == S_IFDIR:
            return []
        found.append((name, kind, status) if stat else (name, kind))
    return found

"""wsgi.file_wrapper: marks a file-like object for transfer without Python."""

import os
import stat


class FileWrapper:
    """Wraps anything with read(size).

    PEP 3333, "Optional Platform-Specific File Handling": if the application returns it
    and there is a real file behind it, the container sends that file; inside of
    middleware, it is an iterator of blocks.
    """

    def __init__(self, filelike, blksize=65536):
        self.filelike = filelike
        self.blksize = blksize
        if hasattr(filelike, "close"):
            self.close = filelike.close

    def __iter__(self):
        return self

    def __next__(self):
        block = self.filelike.read(self.blksize)
        if not block:
            raise StopIteration
        return block


def place(file):
    """Return where the octets of a file are, or None if only read() can get them.

    That is the descriptor, the position, and the path if the file is an ordinary one,
    which unlike a temporary file is still at its path after it has been closed.
    """
    # Text files decode what is in the file.
    if hasattr(file, "encoding") or not hasattr(file, "fileno"):
        return None
    try:
        number = file.fileno()
        position = file.tell()
        if not stat.S_ISREG(os.fstat(number).st_mode):
            return None
    except (OSError, ValueError, AttributeError):
        # For example, fileno() of a BytesIO or tell() of a pipe.
        return None
    name = getattr(file, "name", None)
    ordinary = type(file).__module__ == "_io" and isinstance(name, str)
    return number, position, os.path.abspath(name) if ordinary else ""

"""Returns a file through wsgi.file_wrapper; ?case= says what kind of a file.

?size= is its size, ?length= a Content-Length to declare, ?wrap=1 puts middleware round
the result. Its bytes are those of content(), which the test makes too.
"""

import io
import os
import tempfile

import _board

try:
    RealFile = file  # of Python 2
except NameError:
    RealFile = io.FileIO

PATTERN = b"0123456789abcdef\r\n\n\x00\xff\x1a"
PIECE = PATTERN * 4096


def content(size):
    return (PATTERN * (size // len(PATTERN) + 1))[:size]


def _name(key):
    return os.path.join(tempfile.gettempdir(), "functional-" + key)


def _path(key, size):
    path = _name(key)
    with open(path, "wb") as target:
        # A large one in pieces: the heap is small.
        while size > len(PIECE):
            target.write(PIECE)
            size -= len(PIECE)
        target.write(content(size))
    return path


class Closing(object):
    """Only read() and close(): all that PEP 3333 asks for, and a note of the latter."""

    def __init__(self, file, key):
        self.read = file.read
        self.file = file
        self.key = key

    def close(self):
        self.file.close()
        _board.note(self.key, "closed")


class ClosingFile(RealFile):
    """A real file whose close() takes it away, as a download made for one client is."""

    def close(self):
        name = self.name
        super(ClosingFile, self).close()
        if os.path.exists(name):
            os.remove(name)


class NotPlain(RealFile):
    """A real file that only its type tells from a plain one."""


class OnlyRead(object):
    def __init__(self, data):
        self.read = io.BytesIO(data).read


def python_file(key, size):
    return open(_path(key, size), "rb")


def python_file_text_mode(key, size):
    return open(_path(key, size))


def io_open(key, size):
    return io.open(_path(key, size), "rb")


def io_open_unbuffered(key, size):
    return io.open(_path(key, size), "rb", buffering=0)


def temporary_file(key, size):
    result = tempfile.TemporaryFile()
    result.write(content(size))
    result.seek(0)
    return result


def named_temporary_file(key, size):
    result = tempfile.NamedTemporaryFile()
    result.write(content(size))
    result.seek(0)
    return result


def string_io(key, size):
    import StringIO

    return StringIO.StringIO(content(size))


def c_string_io(key, size):
    import cStringIO

    return cStringIO.StringIO(content(size))


def bytes_io(key, size):
    return io.BytesIO(content(size))


def only_read(key, size):
    return OnlyRead(content(size))


def java_file(key, size):
    return _java(_path(key, size))


def java_file_missing(key, size):
    return _java("/no/such/secret/file")


def _java(path):
    from java.io import File

    return File(path)


def middle(key, size):
    result = open(_path(key, size), "rb")
    # Ten octets by read(), so that what was read ahead must not count, and ten by seek.
    result.read(10)
    result.seek(10, 1)
    return result


def io_middle(key, size):
    result = io.open(_path(key, size), "rb")
    result.read(20)
    return result


def at_its_end(key, size):
    result = open(_path(key, size), "rb")
    result.read()
    return result


def universal_newlines(key, size):
    return open(_path(key, size), "rU")


def text_file(key, size):
    return io.open(_path(key, size), "r", encoding="latin-1", newline="")


def deleted_by_close(key, size):
    return ClosingFile(_path(key, size), "rb")


def deleted_already(key, size):
    path = _path(key, size)
    result = open(path, "rb")
    os.remove(path)
    return result


def replaced_already(key, size):
    path = _path(key, size)
    result = open(path, "rb")
    os.rename(path, path + ".old")
    with open(path, "wb") as other:
        other.write(b"?" * (size + 1))
    return result


def cut_meanwhile(key, size):
    """Large, and no plain file: sent block by block, while `cut` makes it shorter."""
    return NotPlain(_path(key, size), "rb")


def cut(key, size):
    with open(_name(key), "r+b") as target:
        target.truncate(size)
    return io.BytesIO(b"cut")


def noted(key, size):
    return Closing(open(_path(key, size), "rb"), key)


def closed_file(key, size):
    result = open(_path(key, size), "rb")
    result.close()
    return result


def of_the_kernel(key, size):
    """Of no length by stat(), like all of /proc."""
    return open("/proc/self/status", "rb")


def of_the_kernel_io(key, size):
    return io.open("/proc/self/status", "rb")


def of_the_kernel_java(key, size):
    return _java("/proc/self/status")


def of_the_kernel_partly_read(key, size):
    result = open("/proc/self/status", "rb")
    result.read(5)
    return result


def of_a_page(key, size):
    """A page long by stat(), like all of /sys."""
    return open("/sys/kernel/mm/transparent_hugepage/enabled", "rb")


def of_a_page_java(key, size):
    return _java("/sys/kernel/mm/transparent_hugepage/enabled")


def grown(key, size):
    result = open(_path(key, size), "rb")
    with open(_name(key), "ab") as other:
        other.write(b"more")
    return result


class Middleware(object):
    """Iterates over what it wraps, and passes close() on."""

    def __init__(self, wrapped):
        self.wrapped = wrapped

    def __iter__(self):
        return iter(self.wrapped)

    def close(self):
        getattr(self.wrapped, "close", lambda: None)()


def application(environ, start_response):
    query = _board.query(environ)
    headers = [("Content-Type", "application/octet-stream"), ("X-App", "1")]
    if "length" in query:
        headers.append(("Content-Length", query["length"]))
    write = start_response("200 OK", headers)
    made = globals()[query["case"]](query["key"], int(query["size"]))
    if "write" in query:
        write(b"written ")
    arguments = [int(query["block"])] if "block" in query else []
    result = environ["wsgi.file_wrapper"](made, *arguments)
    return Middleware(result) if "wrap" in query else result

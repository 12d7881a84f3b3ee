"""A directory with requirements, for the tests of `isthmus lock`."""

from isthmus_cli import lockfile

ONLY_3 = "Programming Language :: Python :: 3 :: Only"
ONLY_C = {"fast/__init__.py": b"from ._c import go\n", "fast/_c.so": b"\x7fELF"}


class Project:
    """A directory with requirements, and an index that has what they ask for."""

    def __init__(self, directory, isthmus, index):
        self.directory = directory
        self.file = directory / "requirements.txt"
        self.path = directory / "isthmus.lock"
        self.index = index
        self._isthmus = isthmus

    def lock(self, text=None, *options):
        """Write the requirements, if given, and run the tool on them."""
        if text is not None:
            self.file.write_text(text, encoding="utf-8")
        return self._isthmus("lock", self.file, *options)

    def locked(self, text=None, *options):
        """The versions by name, of a run that must succeed."""
        ended = self.lock(text, *options)
        assert ended.code == 0, ended.err
        return lockfile.read(self.path).pins()

    def refused(self, text, code, *options):
        """What the tool says in a run that must fail with a code, and write nothing."""
        before = self.path.read_bytes() if self.path.exists() else None
        ended = self.lock(text, *options)
        assert (ended.code, ended.out) == (3, ""), ended
        assert ended.err.startswith(code + ": "), ended.err
        assert before == (self.path.read_bytes() if self.path.exists() else None)
        names = {path.name for path in self.directory.iterdir()}
        assert names <= {"requirements.txt", "isthmus.lock", "index", "more"}
        return ended.err

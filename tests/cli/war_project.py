"""A directory of sources, for the tests of `isthmus war`."""

import zipfile

from isthmus_cli import exit_codes

HELLO = """\
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Hello, world!"]
"""


# More code than a Java method holds.
LARGE = "x = [\n" + "".join("  f(%d, 'a%d'),\n" % (n, n) for n in range(9000)) + "]\n"


class Project:
    """A directory of sources, the current one."""

    def __init__(self, directory, isthmus):
        self.directory = directory
        self._isthmus = isthmus

    def write(self, name, text=HELLO):
        file = self.directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def war(self, *args):
        ended = self._isthmus("war", *args)
        assert (ended.code, ended.err) == (0, ""), ended
        return [self.directory / line for line in ended.out.splitlines()]

    def refused(self, *args, code=exit_codes.BROKEN_RULE):
        before = sorted(self.directory.rglob("*"))
        ended = self._isthmus("war", *args)
        assert (ended.code, ended.out) == (code, ""), ended
        assert sorted(self.directory.rglob("*")) == before
        return ended.err


def make(tmp_path, monkeypatch, isthmus):
    """A Project in a directory beyond ASCII, which becomes the current one."""
    directory = tmp_path / "été 日本"
    directory.mkdir()
    monkeypatch.chdir(directory)
    return Project(directory, isthmus)


def contents(war):
    """{name: octets} of an archive."""
    with zipfile.ZipFile(war) as opened:
        return {name: opened.read(name) for name in opened.namelist()}

"""A package index of the test's own: a directory of tiny wheels and sdists."""

import base64
import hashlib
import io
import tarfile
import zipfile


class Index:
    """Makes files in a directory, which pip is told to look at alone."""

    def __init__(self, directory, monkeypatch):
        self.directory = directory
        directory.mkdir()
        for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("PIP_CONFIG_FILE", str(directory / "no.conf"))
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        # A URL, for pip divides the variable at blanks.
        monkeypatch.setenv("PIP_FIND_LINKS", directory.as_uri())

    def wheel(self, name, version="1.0", tag="py2.py3-none-any", **details):
        """Make a wheel of one module, or of `files`; return its path.

        :param requires: lines of Requires-Dist.
        :param python: Requires-Python.
        :param files: octets by name, instead of the module; or beside it.
        :param record: what RECORD says instead of the truth, by name.
        """
        stem = "%s-%s" % (name.replace("-", "_"), version)
        info = stem + ".dist-info/"
        files = dict(
            details.get("files") or {name.replace("-", "_") + ".py": b"x = 1\n"}
        )
        files[info + "METADATA"] = metadata(name, version, **details)
        files[info + "WHEEL"] = b"Wheel-Version: 1.0\n"
        rows = {n: _digest(o) for n, o in files.items()}
        rows.update(details.get("record", {}))
        rows = ["%s,%s,\n" % row for row in rows.items() if row[1] is not None]
        files[info + "RECORD"] = "".join([*rows, info + "RECORD,,\n"]).encode()
        path = self.directory / ("%s-%s.whl" % (stem, tag))
        with zipfile.ZipFile(path, "w") as archive:
            for entry, octets in files.items():
                archive.writestr(entry, octets)
        return path

    def sdist(self, name, version="1.0", files=None, egg=None, **details):
        """Make an sdist; return its path.

        :param files: octets by name, below the sdist's one directory.
        :param egg: octets by name, for an .egg-info beside the packages.
        :param base: the directory of the .egg-info, such as "src/".
        """
        stem = "%s-%s" % (name, version)
        module = name.replace("-", "_")
        files = dict({module + ".py": b"x = 1\n"} if files is None else files)
        files["PKG-INFO"] = metadata(name, version, **details)
        base = "%s%s.egg-info/" % (details.get("base", ""), module)
        for entry, octets in (egg or {}).items():
            files[base + entry] = octets
        if egg is not None:
            files[base + "PKG-INFO"] = files["PKG-INFO"]
        path = self.directory / (stem + ".tar.gz")
        with tarfile.open(path, "w:gz") as archive:
            for entry, octets in files.items():
                member = tarfile.TarInfo("%s/%s" % (stem, entry))
                member.size = len(octets)
                archive.addfile(member, io.BytesIO(octets))
        return path


def metadata(name, version, requires=(), python=None, extras=(), headers=(), **_):
    """Return a METADATA or PKG-INFO."""
    lines = ["Metadata-Version: 2.1", "Name: " + name, "Version: " + version]
    lines += ["Requires-Python: " + python] if python else []
    lines += ["Requires-Dist: " + line for line in requires]
    lines += ["Provides-Extra: " + extra for extra in extras]
    return "\n".join([*lines, *headers, "", "Ünderstanding\n"]).encode()


def sha256(path):
    """Return the digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(octets):
    digest = base64.urlsafe_b64encode(hashlib.sha256(octets).digest())
    return "sha256=" + digest.decode().rstrip("=")

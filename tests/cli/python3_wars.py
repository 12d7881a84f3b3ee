"""A WAR for Python 3 with what `isthmus doctor` looks at, for its tests."""

import io
import struct
import zipfile

import pytest

import containers

X86_64, AARCH64, RISC_V = 62, 183, 243
WEB_XML = b"""<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee">
<context-param><param-name>isthmus.engine</param-name>
<param-value>cpython</param-value></context-param>
<servlet><servlet-name>s</servlet-name>
<servlet-class>org.isthmus.WsgiServlet</servlet-class></servlet></web-app>"""


def shared(machine=X86_64, needed=("libc.so.6",), glibc="2.17"):
    """A shared object with a header, .dynamic and its strings, and nothing else."""
    strings, entries = b"\0", []
    for name in needed:
        entries.append((1, len(strings)))
        strings += name.encode() + b"\0"
    strings += b"GLIBC_%s\0" % glibc.encode()
    dynamic = 64 + 2 * 56
    table = dynamic + 16 * (len(entries) + 2)
    # Memory is another place than the file.
    entries += [(5, 0x10000 + table), (0, 0)]
    size = table + len(strings)
    ident = b"\x7fELF\x02\x01\x01" + bytes(9)
    head = struct.pack("<HHIQQQIHHHHHH", 3, machine, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
    load = struct.pack("<IIQQQQQQ", 1, 5, 0, 0x10000, 0, size, size, 4096)
    length = 16 * len(entries)
    place = (2, 6, dynamic, 0x10000 + dynamic, 0, length, length, 8)
    pairs = b"".join(struct.pack("<QQ", *entry) for entry in entries)
    return ident + head + load + struct.pack("<IIQQQQQQ", *place) + pairs + strings


def python(*files, feature="3.13", machine=X86_64, glibc="2.30"):
    """The archive of a CPython, of what the doctor looks at."""
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as archive:
        archive.writestr("bin/python3", shared(machine, glibc=glibc))
        for name in ("os.py", "json/__init__.py"):
            archive.writestr("lib/python%s/%s" % (feature, name), b"")
        for name in files:
            archive.writestr(name, shared(machine))
    return octets.getvalue()


@pytest.fixture
def war(tmp_path):
    """Make a WAR with these files in WEB-INF; one that is None is left out."""

    def made(**files):
        path = tmp_path / "shop.war"
        usual = {
            "lib/isthmus.jar": containers.jar("jakarta").read_bytes(),
            "web.xml": WEB_XML,
            "app/wsgi.py": b"application = print\n",
            "cpython/linux-x86_64.zip": python(),
        }
        with zipfile.ZipFile(path, "w") as archive:
            for name, octets in {**usual, **files}.items():
                if octets is not None:
                    archive.writestr("WEB-INF/" + name, octets)
        return path

    return made


def lib(**files):
    return {"lib-python/" + name: octets for name, octets in files.items()}

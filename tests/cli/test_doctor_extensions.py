"""`isthmus doctor` on C extensions in a WAR: for which CPython, and what they need."""

import platform
import re
import struct
import zipfile

import pytest

import containers
import python3_wars
from isthmus_cli.cpython import releases
from isthmus_cli.doctor import elf
from python3_wars import AARCH64, RISC_V, lib, python, shared

war = python3_wars.war
MACH_O = struct.pack("<II", 0xFEEDFACF, 0x0100000C) + bytes(60)
MACH_O_X86_64 = struct.pack("<II", 0xFEEDFACF, 0x01000007) + bytes(60)
UNIVERSAL = struct.pack(">7I", 0xCAFEBABE, 2, 0x01000007, 3, 4096, 9, 12)
UNIVERSAL += struct.pack(">5I", 0x0100000C, 0, 8192, 9, 12)

GOOD = {
    "one/_c.cpython-313-x86_64-linux-gnu.so": shared(),
    "one/_a.abi3.so": shared(needed=("libc.so.6", "libstdc++.so.6", "libown-1.so.5")),
    "one.libs/libown-1.so.5": shared(needed=("ld-linux-x86-64.so.2",)),
    # Side by side.
    "two.cpython-313-darwin.so": MACH_O,
    "two.cpython-313-x86_64-linux-gnu.so": shared(),
    "three.so": b"INPUT(-lthree)\n",
}


def test_extensions_for_the_cpython_in_the_war_have_no_findings(war, doctor):
    assert doctor(war(**lib(**GOOD))) == {}


@pytest.mark.parametrize(
    "name, octets, says",
    [
        ("_c.cpython-312-x86_64-linux-gnu.so", shared(), "CPython 3.12"),
        ("_c.cpython-313-darwin.so", MACH_O, "macosx-arm64"),
        ("_c.abi3.so", shared(AARCH64), "linux-arm64"),
        ("_c.so", shared(RISC_V), "another processor"),
    ],
)
def test_extension_that_cannot_be_imported_is_an_error(war, doctor, name, octets, says):
    reported = doctor(war(**lib(**{"one/" + name: octets})))
    assert list(reported) == ["IS0307"], reported
    for part in ("one/" + name, "3.13", "linux-x86_64", says):
        assert part in reported["IS0307"], reported


def test_each_platform_needs_an_extension_of_its_own(war, doctor):
    arm = {"cpython/linux-arm64.zip": python(machine=AARCH64)}
    files = lib(**{"_c.cpython-313-x86_64-linux-gnu.so": shared()})
    reported = doctor(war(**arm, **files))
    assert "for linux-arm64" in reported["IS0307"], reported
    files.update(lib(**{"_c.cpython-313-aarch64-linux-gnu.so": shared(AARCH64)}))
    assert doctor(war(**arm, **files)) == {}


def test_extensions_for_macos_are_those_of_its_processor(war, doctor):
    mac = {"cpython/macosx-arm64.zip": python()}
    files = {"_c.cpython-313-x86_64-linux-gnu.so": shared()}
    for octets in (None, MACH_O_X86_64, MACH_O[:6], UNIVERSAL[:20]):
        more = {"_c.cpython-313-darwin.so": octets} if octets else {}
        reported = doctor(war(**mac, **lib(**files, **more)))
        assert (
            list(reported) == ["IS0307"] and "for macosx-arm64" in reported["IS0307"]
        ), reported
    for octets in (MACH_O, UNIVERSAL):
        more = {"_c.cpython-313-darwin.so": octets}
        assert doctor(war(**mac, **lib(**files, **more))) == {}


def test_extension_of_one_system_beside_that_of_the_other_is_right(war, doctor):
    mac = {"cpython/macosx-arm64.zip": python()}
    # As of psutil.
    files = {"two/_linux.abi3.so": shared(), "two/_osx.abi3.so": MACH_O}
    assert doctor(war(**mac, **lib(**files))) == {}
    reported = doctor(war(**mac, **lib(**files, **{"one/_osx.abi3.so": MACH_O})))
    assert list(reported) == ["IS0307"] and "one/_osx" in reported["IS0307"], reported
    # The CPython is for Linux alone.
    assert list(doctor(war(**lib(**{"two/_osx.abi3.so": MACH_O})))) == ["IS0307"]


def test_library_of_the_system_is_reported(war, doctor):
    files = {"cv2.abi3.so": shared(needed=("libGL.so.1", "libpq.so.5"))}
    reported = doctor(war(**lib(**files)))
    assert list(reported) == ["IS0308"], reported
    for part in ("lib-python/cv2.abi3.so", "libGL.so.1", "libpq.so.5"):
        assert part in reported["IS0308"], reported
    # One that the CPython has is none of the system's.
    bundled = python("lib/python3.13/lib-dynload/libsqlite3.so.0")
    files = {"_s.abi3.so": shared(needed=("libsqlite3.so.0",))}
    more = {"cpython/linux-x86_64.zip": bundled}
    assert doctor(war(**more, **lib(**files))) == {}


def test_extension_that_needs_a_newer_glibc_than_cpython_is_reported(war, doctor):
    reported = doctor(war(**lib(**{"_c.abi3.so": shared(glibc="2.34")})))
    assert list(reported) == ["IS0308"], reported
    assert "glibc 2.34" in reported["IS0308"] and "2.30" in reported["IS0308"], reported


def test_glibc_of_this_machine_is_compared(war, doctor, monkeypatch):
    monkeypatch.setattr(releases, "here", lambda: "linux-x86_64")
    home = containers.home("tomcat11")
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.30"))
    assert doctor(war(), "--container", home) == {}
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.28"))
    reported = doctor(war(), "--container", home)
    assert list(reported) == ["IS0308"], reported
    assert "2.28" in reported["IS0308"] and "glibc 2.30" in reported["IS0308"], reported


def test_real_shared_objects_are_read(packed):
    with zipfile.ZipFile(packed) as archive:
        names = [n for n in archive.namelist() if "/_sqlite3." in n]
        seen = elf.read(archive.read(names[0]))
        assert seen.platform == releases.here()
        assert {"libsqlite3.so.0", "libc.so.6"} <= set(seen.needed)
        all_seen = [elf.read(archive.read(n)) for n in archive.namelist()]
    newest = max(seen.glibc for seen in all_seen if seen)
    assert "%d.%d" % newest == releases.find().glibc
    assert elf.read(b"\x7fELF\x02\x01") is None and elf.read(b"no ELF") is None


@pytest.mark.parametrize("place", [2**63, 2**64 - 1, 4096])
def test_shared_object_with_a_damaged_head_is_none(place):
    damaged = bytearray(shared())
    assert elf.read(bytes(damaged)).needed == ("libc.so.6",)
    struct.pack_into("<Q", damaged, 32, place)
    assert elf.read(bytes(damaged)) is None


def test_damaged_cpython_stops_no_examination(war, doctor):
    damaged = python().replace(b"GLIBC_2.30", b"GLIBC_2.31")
    doctor(war(**{"cpython/linux-x86_64.zip": damaged}))


def test_damaged_web_application_is_refused(war, isthmus):
    path = war(**lib(**GOOD))
    path.write_bytes(path.read_bytes().replace(b"INPUT(-lthree)", b"INPUT(-lfour.)"))
    refused = isthmus("doctor", path)
    assert refused.code == 3 and refused.err.startswith("IS0257: "), refused
    assert "three.so" in refused.err, refused


LACKING = b"""import os

try:
    import lzma
except ImportError:
    lzma = None
from sqlite3 import connect

application = print
"""


def _arm(*files):
    archive = python(*files, feature="3.12", machine=AARCH64)
    return {"cpython/linux-arm64.zip": archive}


def test_import_of_what_a_platforms_cpython_lacks(isthmus, war):
    done = isthmus("doctor", war(**_arm(), **{"app/wsgi.py": LACKING}))
    lines = [line for line in done.out.splitlines() if "IS0310" in line]
    assert done.code == 1 and len(lines) == 1 and "error" in lines[0], done
    for part in ("Line 7", "WEB-INF/app/wsgi.py", "sqlite3", "for linux-arm64"):
        assert part in lines[0]
    # A library may import what the sources do not.
    assert re.search("linux-arm64.*lzma, sqlite3.*IS0427", done.out + done.err)
    whole = [
        "lib/python3.12/lib-dynload/_%s.cpython-312-aarch64-linux-gnu.so" % name
        for name in ("lzma", "sqlite3")
    ]
    done = isthmus("doctor", war(**_arm(*whole), **{"app/wsgi.py": LACKING}))
    assert "IS0310" not in done.out and "IS0427" not in done.out + done.err, done


def test_database_of_django_that_a_platforms_cpython_lacks(isthmus, war):
    settings = b'D = {\n  "default": {"ENGINE": "django.db.backends.sqlite3"}}\n'
    done = isthmus("doctor", war(**_arm(), **{"app/shop/settings.py": settings}))
    (line,) = [line for line in done.out.splitlines() if "IS0310" in line]
    assert done.code == 0 and "warning" in line and "Line 2" in line, done

"""The CPython and the wheels for machines that are not here, by what their files say.

Linux on arm64 and macOS: assembled, and not run. docs/python3.md says so.
"""

import zipfile

import pytest

import binaries
import python3_project
from isthmus_cli.cpython import packing, releases, targets

# This machine's, and one whose jar other tests have fetched.
FETCHED = (("3.13.0", "macosx-arm64"), ("3.13.0", releases.here()))
SERVED = [
    pytest.param(release.version, name, marks=() if is_quick else pytest.mark.matrix)
    for release in releases.RELEASES
    for name in release.files
    for is_quick in [(release.version, name) in FETCHED]
]


@pytest.mark.parametrize("version, platform", SERVED)
def test_archive_is_whole_and_all_its_binaries_are_for_the_platform(version, platform):
    release = releases.find(version)
    with zipfile.ZipFile(packing.archive(release, platform)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    found = {n: binaries.platform(o) for n, o in files.items() if binaries.is_one(o)}
    assert set(found.values()) == {platform}, found
    library = "lib/python%s/" % release.feature
    modules = {n.rpartition("/")[2].partition(".")[0] for n in found}
    needed = {"_ctypes", "_decimal", "_sqlite3", "_ssl", "_lzma", "_bz2", "zlib"}
    lacking = {"_" + name for name in release.lacking(platform)}
    assert needed - modules == lacking and "bin/python3" in found, found
    # Their names say it, too: PEP 3149. CPython for macOS tells no processor.
    tag = "cpython-%s-" % release.feature.replace(".", "")
    here = {"linux-x86_64": "x86_64-linux-gnu", "linux-arm64": "aarch64-linux-gnu"}
    ending = ".%s%s.so" % (tag, here.get(platform, "darwin"))
    assert library + "lib-dynload/_ssl" + ending in files
    cached = "%s__pycache__/os.%s.pyc" % (library, tag[:-1])
    assert {library + "os.py", cached} <= set(files)
    left_out = ("idlelib/", "test/", "ensurepip/", "site-packages/", "tkinter/")
    assert not [n for n in files if n.startswith(tuple(library + p for p in left_out))]


WHEELS = {
    "linux-x86_64": "manylinux_2_30_x86_64 manylinux2014_x86_64 manylinux1_x86_64",
    "linux-arm64": "manylinux_2_28_aarch64 manylinux2014_aarch64",
    "macosx-arm64": "macosx_12_0_arm64 macosx_11_0_arm64",
    "macosx-x86_64": "macosx_12_0_x86_64 macosx_10_9_x86_64",
}
# For both processors.
UNIVERSAL = "macosx_11_0_universal2 macosx_10_9_universal2"
NOBODYS = "win_amd64 win_arm64 musllinux_1_2_x86_64 musllinux_1_2_aarch64"
# Newer than what CPython itself needs.
NOBODYS += " manylinux_2_31_x86_64 manylinux_2_34_aarch64 macosx_14_0_arm64"


@pytest.mark.parametrize("platform", WHEELS)
def test_wheels_are_those_of_the_platform(platform):
    release = releases.find(None, [platform])
    tags = {(tag.abi, tag.platform) for tag in targets.tags(release, platform)}
    abi = "cp" + release.feature.replace(".", "")
    every = " ".join([*WHEELS.values(), UNIVERSAL, NOBODYS]).split()
    taken = {name for name in every if (abi, name) in tags}
    universal = UNIVERSAL if platform.startswith("macosx") else ""
    assert taken == set((WHEELS[platform] + " " + universal).split())


@pytest.mark.matrix
@pytest.mark.parametrize("platform", WHEELS)
def test_real_wheel_of_the_platform_is_in_the_war(
    isthmus, tmp_path, monkeypatch, platform
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(python3_project.SOURCE)
    (tmp_path / "requirements.txt").write_text("MarkupSafe==3.0.3\n")
    made = isthmus("war", "-o", "x.war", "--engine=cpython", "--platform", platform)
    assert made.code == 0, made
    files = python3_project.entries("x.war")
    found = {n: binaries.platform(o) for n, o in files.items() if binaries.is_one(o)}
    assert set(found.values()) == {platform}, found
    assert any("markupsafe/_speedups" in name for name in found), found
    assert "WEB-INF/cpython/%s.zip" % platform in files

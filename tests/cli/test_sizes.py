"""`isthmus war` shows the size by library."""

import re
import zipfile
from types import SimpleNamespace

import pytest

import packages
from isthmus_cli import main
from isthmus_cli.cpython import releases
from isthmus_cli.cpython import war as cpython
from isthmus_cli.war import sizes

MEGA = 1_000_000


@pytest.mark.parametrize(
    "engine, largest", [("jython", "Jython"), ("cpython", "CPython 3.13.0")]
)
def test_small_war_has_its_size_in_one_line(
    tmp_path, monkeypatch, capfd, engine, largest
):
    monkeypatch.chdir(tmp_path)
    source = "def application(environ, start_response):\n    return []\n"
    (tmp_path / "hello.py").write_text(source)
    words = ["war", "-o", "x.war", "--no-check", "--engine", engine]
    assert main.run(words) == 0
    out, err = capfd.readouterr()
    assert out == "x.war\n"
    (line,) = [line for line in err.splitlines() if line.startswith("Size: ")]
    found = re.fullmatch(r"Size: ([\d.]+) MB \(%s ([\d.]+) MB, .+\)" % largest, line)
    total, part = map(float, found.groups())
    assert 0 < part < total
    whole = sum(sizes.written(tmp_path / "x.war").values())
    assert whole == (tmp_path / "x.war").stat().st_size
    assert abs(total * MEGA - whole) < MEGA / 10


@pytest.fixture
def index(tmp_path, monkeypatch):
    return packages.Index(tmp_path / "index", monkeypatch)


@pytest.fixture
def plan(tmp_path, index):
    """A plan with two installed libraries, and CPython for two platforms."""
    one = {"shared/one/__init__.py": b"", "one.py": b""}
    two = {"shared/two/__init__.py": b""}
    for name, version, files in (("one", "1.0", one), ("two", "2.0", two)):
        with zipfile.ZipFile(index.wheel(name, version, files=files)) as wheel:
            wheel.extractall(tmp_path / "lib")
    platforms = ("linux-x86_64", "macosx-arm64")
    return SimpleNamespace(
        libraries=SimpleNamespace(directory=tmp_path / "lib"),
        cpython=cpython.WarPython(releases.find("3.13.0"), platforms, True),
    )


def test_table_has_the_largest_first_and_sums_up_the_rest(plan):
    found = {
        "META-INF/MANIFEST.MF": 100,
        "WEB-INF/cpython/linux-x86_64.zip": 9 * MEGA,
        "WEB-INF/cpython/macosx-arm64.zip": 7 * MEGA,
        "WEB-INF/lib-python/one.py": 1 * MEGA,
        "WEB-INF/lib-python/__pycache__/one.cpython-313.pyc": 1 * MEGA,
        "WEB-INF/lib-python/shared/one/_speed.so": 1 * MEGA,
        "WEB-INF/lib-python/shared/two/__init__$py.class": 5 * MEGA,
        "WEB-INF/lib-python/stray.py": 8 * MEGA,
        "WEB-INF/app/app.py": 20,
        "WEB-INF/lib/driver.jar": 6 * MEGA,
        "logo.png": 4 * MEGA,
    }
    first, *rows = sizes.described(found, plan).splitlines()
    assert first == "Size: 42.0 MB"
    assert [re.split(r"\s{2,}", row.strip()) for row in rows] == [
        ["CPython 3.13.0 for linux-x86_64", "9.0 MB"],
        ["stray.py", "8.0 MB"],
        ["CPython 3.13.0 for macosx-arm64", "7.0 MB"],
        ["driver.jar", "6.0 MB"],
        ["two 2.0", "5.0 MB"],
        ["files for browsers", "4.0 MB"],
        ["one 1.0", "3.0 MB"],
        ["2 others", "120 bytes"],
    ]


def test_library_in_the_folder_of_a_platform_has_a_row_for_each(plan, index):
    for platform in plan.cpython.platforms:
        with zipfile.ZipFile(index.wheel("three", "3.0")) as wheel:
            wheel.extractall(plan.libraries.directory / platform)
    found = {
        "WEB-INF/lib-python/linux-x86_64/three.py": 4 * MEGA,
        "WEB-INF/lib-python/linux-x86_64/stray.py": 3 * MEGA,
        "WEB-INF/lib-python/macosx-arm64/three.py": 2 * MEGA,
        "WEB-INF/lib-python/one.py": 1 * MEGA,
    }
    _, *rows = sizes.described(found, plan).splitlines()
    assert [re.split(r"\s{2,}", row.strip()) for row in rows] == [
        ["three 3.0 for linux-x86_64", "4.0 MB"],
        ["linux-x86_64", "3.0 MB"],
        ["three 3.0 for macosx-arm64", "2.0 MB"],
        ["one 1.0", "1.0 MB"],
    ]


def test_directory_is_measured_like_an_archive(tmp_path):
    (tmp_path / "WEB-INF").mkdir()
    (tmp_path / "WEB-INF" / "web.xml").write_bytes(b"x" * 70)
    assert sizes.written(tmp_path) == {"WEB-INF/web.xml": 70}

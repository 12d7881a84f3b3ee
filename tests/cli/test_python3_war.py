"""`isthmus war` and `isthmus lock` for Python 3, without a container."""

import io
import json
import os
import re
import shutil
import zipfile

import pytest

import packages
from isthmus_cli import artifacts, project_requirements
from isthmus_cli.cpython import pip, pylock, releases, side_by_side, war
from isthmus_cli.rules import Rule, ToolError

SOURCE = """
def application(environ, start_response) -> list:
    start_response("200 OK", [])
    return [b""]
"""


@pytest.fixture
def project(tmp_path, monkeypatch, packed):
    """A project in the current directory, with an index of its own."""
    directory = tmp_path / "projét"
    directory.mkdir()
    monkeypatch.chdir(directory)
    (directory / "app.py").write_text(SOURCE)
    return directory


@pytest.fixture
def wheel(project, monkeypatch):
    """Make a wheel of one module, whose VERSION it is."""
    index = packages.Index(project.parent / "index", monkeypatch)

    def made(name, version, tag="py3-none-any", more=(), **said):
        files = {name + ".py": b"VERSION = '%s'\n" % version.encode(), **dict(more)}
        return index.wheel(name, version, tag, files=files, **said)

    return made


def _entries(path):
    with zipfile.ZipFile(path) as war:
        return {name: war.read(name) for name in war.namelist()}


def test_war_has_cpython_libraries_and_their_bytecode(project, isthmus, wheel):
    wheel("one", "1.0", requires=["two>=2"])
    wheel("two", "2.0")
    (project / "requirements.txt").write_text("one\n")
    made = isthmus("war", "-o", "x.war", "--check")
    assert made.code == 0 and "annotation" in made.err, made
    assert "CPython 3.13.0" in made.err, made
    files = _entries("x.war")
    descriptor = files["WEB-INF/web.xml"].decode()
    assert re.search(r"isthmus\.engine.*\s.*>cpython<", descriptor), descriptor
    for name in ("WEB-INF/app/%s/app", "WEB-INF/lib-python/%s/one"):
        assert name % "__pycache__" + ".cpython-313.pyc" in files
    assert not [name for name in files if name.startswith("WEB-INF/jython/")]
    bill = json.loads(files["META-INF/sbom/application.cdx.json"])
    parts = {c["name"]: c.get("version") for c in bill["components"]}
    assert parts["one"] == "1.0" and parts["openssl"] == "3.3.2"
    origins = {c["name"]: c.get("properties") for c in bill["components"]}
    assert origins["sqlite"][0]["value"].endswith(".whl")
    assert {"sqlite", "xz", "bzip2", "expat", "mpdecimal", "libffi"} <= set(parts)
    needs = {d["ref"]: d["dependsOn"] for d in bill["dependencies"]}
    assert needs["pkg:pypi/one@1.0"] == ["pkg:pypi/two@2.0"]
    (carried,) = [name for name in files if name.startswith("WEB-INF/cpython/")]
    with zipfile.ZipFile(io.BytesIO(files[carried])) as python:
        inside = python.namelist()
    assert "bin/python3" in inside and "lib/python3.13/ssl.py" in inside
    assert not [n for n in inside if "/test/" in n or "/pip/" in n or "/tkinter/" in n]


def test_libraries_of_cpython_need_no_newer_glibc_and_no_others(packed):
    release = releases.find()
    glibc = tuple(map(int, release.glibc.split(".")))
    with zipfile.ZipFile(packed) as python:
        names = [n for n in python.namelist() if "/lib-dynload/lib" in n]
        found = {name.rpartition("/")[2]: python.read(name) for name in names}
    assert {"libbz2.so.1.0", "liblzma.so.5", "libsqlite3.so.0"} <= set(found)
    for name, octets in found.items():
        versions = re.findall(rb"GLIBC_(\d+)\.(\d+)", octets)
        assert max(tuple(map(int, v)) for v in versions) <= glibc, name


def test_cpython_whose_libraries_cannot_be_fetched_is_refused(
    project, isthmus, wheel, monkeypatch, tmp_path
):
    # What has been fetched from Maven is there, and the CPython that runs pip.
    cache, kept = tmp_path / "cache", artifacts.cache()
    (cache / "cpython").mkdir(parents=True)
    (cache / "artifacts").symlink_to(kept / "artifacts")
    for path in (kept / "cpython").iterdir():
        if path.is_dir():
            (cache / "cpython" / path.name).symlink_to(path)
    monkeypatch.setenv(artifacts.CACHE, str(cache))
    refused = isthmus("war", "-o", "x.war")
    assert refused.code == 3 and "IS0425" in refused.err, refused
    for part in ("pyproj==", "cyvcf2==", "--python none"):
        assert part in refused.err, refused
    assert isthmus("war", "-o", "x.war", "--python=none").code == 0


def test_same_content_gives_the_same_octets(project, isthmus, wheel):
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one\n")
    for name in ("a.war", "b.war"):
        assert isthmus("war", "-o", name).code == 0
    assert (project / "a.war").read_bytes() == (project / "b.war").read_bytes()


def test_lock_is_kept_to_and_drift_is_told(project, isthmus, wheel):
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one\n")
    locked = isthmus("lock")
    assert locked.code == 0 and "pylock.toml: 1 package" in locked.out, locked
    wheel("one", "1.1")
    assert isthmus("lock", "--check").code == 0
    isthmus("lock")
    assert isthmus("war", "-o", "x.war").code == 0
    assert b"'1.0'" in _entries("x.war")["WEB-INF/lib-python/one.py"]
    assert "one 1.0 -> 1.1" in isthmus("lock", "--upgrade").err
    (project / "requirements.txt").write_text("one>=1\n")
    assert isthmus("lock", "--check").code == 1
    drifted = isthmus("war")
    assert drifted.code == 3 and "IS0416" in drifted.err


def test_lock_has_the_wheels_of_every_platform(project, isthmus, wheel):
    for platform in ("manylinux_2_17_x86_64", "macosx_11_0_arm64"):
        wheel("one", "1.0", "cp313-cp313-" + platform)
    (project / "requirements.txt").write_text("one\n")
    words = ["--platform=linux-x86_64", "--platform=macosx-arm64"]
    locked = isthmus("lock", *words)
    assert locked.code == 0 and "macosx-arm64" in locked.err, locked
    text = (project / "pylock.toml").read_text()
    assert text.count("[[packages]]") == 1 and text.count("[[packages.wheels]]") == 2
    refused = isthmus("war", "--platform=macosx-x86_64")
    assert refused.code == 3 and "IS0417" in refused.err, refused
    assert "one" in refused.err and "macosx-x86_64" in refused.err


def test_file_that_differs_from_the_lock_is_refused(project, isthmus, wheel):
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one\n")
    isthmus("lock")
    wheel("one", "1.0", headers=["Summary: another"])
    refused = isthmus("war")
    assert refused.code == 3 and "IS0414" in refused.err, refused


def test_wheel_for_another_platform_is_named_with_what_there_is(
    project, isthmus, wheel
):
    wheel("one", "2.0", "cp313-cp313-win_amd64")
    wheel("one", "1.0")
    (project / "requirements.txt").write_text("one>=2\n")
    refused = isthmus("lock")
    assert refused.code == 3 and "IS0413" in refused.err, refused
    assert "one>=2" in refused.err and "1.0" in refused.err


def test_source_that_cpython_cannot_compile_is_named(project, isthmus):
    (project / "broken.py").write_text("def f(:\n    pass\n")
    refused = isthmus("war", "--engine=cpython")
    assert refused.code == 3 and "IS0419" in refused.err
    assert "broken.py: line 1" in refused.err


def test_application_that_cannot_be_imported_is_told(project, isthmus):
    (project / "app.py").write_text("import nowhere\n" + SOURCE)
    told = isthmus("war", "-o", "x.war", "--check")
    assert told.code == 1 and "IS0321" in told.err and "nowhere" in told.err, told


@pytest.mark.parametrize(
    "library, code, said",
    [
        (None, "IS0321", ["setuptools<81", "config:site.ini"]),
        # Setuptools 44.1.1 has the like of it.
        (
            "import pkgutil\npkgutil.ImpImporter\n",
            "IS0322",
            ["AttributeError", "line 2 of WEB-INF/lib-python/pkg_resources.py"],
        ),
        # Nothing that isthmus.loading foresees: Paste Deploy is missing something.
        (
            "working_set = None\n",
            "IS0322",
            ["AttributeError", "paste_deploy.py"],
        ),
    ],
)
def test_failure_of_paste_deploy_is_not_one_of_python(
    project, isthmus, library, code, said
):
    (project / "site.ini").write_text("[app:main]\npaste.app_factory = app:make\n")
    (project / "lib" / "paste" / "deploy").mkdir(parents=True)
    (project / "lib" / "paste" / "deploy" / "loadwsgi.py").touch()
    if library:
        (project / "lib" / "pkg_resources.py").write_text(library)
    words = ["--engine=cpython", "-o", "x.war", "--lib", "lib", "--check"]
    told = isthmus("war", "site.ini", *words)
    assert code in told.err and "IS0412" not in told.err, told
    assert [part for part in said if part not in told.err] == [], told


def test_place_of_an_exception_is_in_the_application(project, isthmus):
    (project / "app.py").write_text("import os\nos.environ['ABSENT']\n" + SOURCE)
    told = isthmus("war", "-o", "x.war", "--check")
    assert "IS0322" in told.err and "(line 2 of WEB-INF/app/app.py)" in told.err, told


def test_application_that_ends_its_process_is_told(project, isthmus):
    (project / "app.py").write_text("import os\nos._exit(3)\n" + SOURCE)
    told = isthmus("war", "-o", "x.war", "--check")
    assert "IS0322" in told.err and "status 3" in told.err, told


def test_doctor_runs_nothing_of_what_it_examines(project, isthmus):
    source = "open('ran', 'w').close()\nraise KeyError\n" + SOURCE
    (project / "app.py").write_text(source)
    assert isthmus("war", "-o", "x.war", "--no-check").code == 0
    told = isthmus("doctor", "x.war")
    assert told.code == 0 and "IS032" not in told.out, told
    assert not (project / "ran").exists()
    told = isthmus("doctor", "x.war", "--import")
    assert "IS0322" in told.out and "KeyError" in told.out, told
    assert isthmus("doctor", "--import").code == 2


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program of a few lines of shell first on PATH."""

    def made(name, lines):
        path = tmp_path / "bin" / name
        path.parent.mkdir()
        path.write_text("#!/bin/sh\n" + lines)
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(path.parent), prepend=os.pathsep)

    return made


PYPROJECT = """
[project]
name = "shop"
version = "1"
requires-python = ">=3.9"
dependencies = ["one"]
optional-dependencies = {web = []}
"""


@pytest.mark.parametrize(
    "name, lock, extra",
    [("uv", "uv.lock", "--extra web"), ("poetry", "poetry.lock", "--extras web")],
)
def test_lock_of_another_program_is_exported_by_it(
    project, isthmus, wheel, program, name, lock, extra
):
    wheel("one", "1.0")
    (project / "pyproject.toml").write_text(PYPROJECT)
    assert isthmus("lock").code == 0
    own = project / "pylock.toml"
    exported = own.rename(project.parent / "exported.toml")
    # Nothing of Isthmus's own.
    exported.write_text(exported.read_text().partition("\n[tool.")[0])
    wheel("one", "1.1")
    (project / lock).touch()
    words = project.parent / "words"
    copies = 'echo "$@" >"%s"\nfor last; do :; done\ncp "%s" "$last"\n'
    program(name, copies % (words, exported))
    made = isthmus("war", "-o", "x.war", "-r", "pyproject.toml", "--extra", "web")
    assert made.code == 0, made
    assert b"'1.0'" in _entries("x.war")["WEB-INF/lib-python/one.py"]
    assert words.read_text().startswith("export --format pylock.toml ")
    assert extra in words.read_text()
    assert isthmus("lock", "--upgrade").code == 0 and '"1.0"' in own.read_text()


def test_program_that_refuses_to_export_its_lock_is_quoted(
    project, isthmus, wheel, program
):
    (project / "pyproject.toml").write_text(PYPROJECT)
    (project / "uv.lock").touch()
    program("uv", "echo 'error: The lockfile needs to be updated' >&2\nexit 2\n")
    refused = isthmus("war")
    assert refused.code == 3 and "IS0422" in refused.err, refused
    assert "uv.lock" in refused.err and "needs to be updated" in refused.err


def test_program_that_could_export_a_lock_is_named(
    project, isthmus, wheel, monkeypatch
):
    (project / "pyproject.toml").write_text(PYPROJECT)
    (project / "uv.lock").touch()
    monkeypatch.setenv("PATH", str(project))
    refused = isthmus("war")
    assert refused.code == 3 and "IS0421" in refused.err, refused
    assert "`uv export --format pylock.toml " in refused.err


def test_python_of_the_server_is_not_included(project, isthmus):
    assert isthmus("war", "-o", "x.war", "--python=none").code == 0
    names = _entries("x.war")
    assert not [n for n in names if "/cpython/" in n or n.endswith(".pyc")]


@pytest.mark.parametrize(
    "words, code, said",
    [
        (["--python=2.6"], "IS0410", "3.13.0"),
        (["--platform=plan9-mips"], "IS0411", "linux-x86_64"),
        (["--python=3.13", "--platform=linux-arm64"], "IS0411", "3.12.1"),
        (
            ["--platform=linux-arm64", "--platform=macosx-arm64"],
            "IS0411",
            "3.12.1 has it, but not macosx-arm64",
        ),
    ],
)
def test_cpython_that_is_not_served_is_named(project, isthmus, words, code, said):
    refused = isthmus("war", *words)
    assert refused.code == 3 and code in refused.err and said in refused.err, refused


@pytest.mark.parametrize(
    "requires, named, version",
    [
        (">=3.9", None, "3.13.0"),
        (">=3.9,<3.13", None, "3.12.1"),
        (">=3.13.2", None, "3.13.5"),
        (">=3.13.2", "3.13", "3.13.5"),
        # What is named outweighs it.
        ("<3.13,>=3.9", "3.13", "3.13.0"),
        ("no version", None, "3.13.0"),
    ],
)
def test_requires_python_chooses_the_cpython(project, requires, named, version):
    _require(project, requires)
    carried = war.carried(named, ["linux-x86_64"], project)
    assert carried.release.version == version


def test_cpython_that_the_tool_lacks_is_left_to_the_server(project, isthmus, doctor):
    _require(project, ">=3.14")
    refused = isthmus("war")
    assert refused.code == 3 and "IS0227" in refused.err, refused
    for part in ("'>=3.14'", "3.13.5", "--python none"):
        assert part in refused.err, refused
    assert ">=3.14" in doctor()["IS0227"]
    assert isthmus("war", "-o", "x.war", "--python=none").code == 0


@pytest.mark.parametrize(
    "platforms, version",
    [
        (["linux-arm64"], "3.12.1"),
        (["linux-x86_64", "linux-arm64"], "3.12.1"),
        (["linux-x86_64", "macosx-arm64"], "3.13.0"),
    ],
)
def test_usual_cpython_is_the_first_that_all_platforms_have(
    project, platforms, version
):
    assert war.carried(None, platforms, project).release.version == version


def test_files_of_all_platforms_are_side_by_side(project, isthmus, wheel):
    tags = {"linux-x86_64": "manylinux_2_17_x86_64"}
    tags["macosx-arm64"] = "macosx_11_0_arm64"
    modules = {p: "one_c.cpython-313-%s.so" % p for p in tags}
    for platform, tag in tags.items():
        files = {modules[platform]: platform.encode()}
        wheel("one", "1.0", "cp313-cp313-" + tag, more=files)
    (project / "requirements.txt").write_text("one\n")
    made = isthmus("war", "-o", "x.war", *("--platform=" + name for name in tags))
    assert made.code == 0, made
    files = _entries("x.war")
    bill = json.loads(files["META-INF/sbom/application.cdx.json"])
    digests = {c["purl"]: c["hashes"] for c in bill["components"] if "hashes" in c}
    formats = {"linux-x86_64": b"\x7fELF", "macosx-arm64": b"\xcf\xfa\xed\xfe"}
    for platform, magic in formats.items():
        assert files["WEB-INF/lib-python/" + modules[platform]] == platform.encode()
        octets = files["WEB-INF/cpython/%s.zip" % platform]
        with zipfile.ZipFile(io.BytesIO(octets)) as python:
            assert python.read("bin/python3").startswith(magic), platform
            own = [n for n in python.namelist() if n.endswith("/libsqlite3.so.0")]
            assert bool(own) == platform.startswith("linux"), own
        artifact = releases.find().artifact(platform)
        (said,) = [d for purl, d in digests.items() if purl.endswith("=" + platform)]
        assert said[0]["content"] == artifact.sha256


def test_library_that_differs_by_platform_has_a_folder_for_each(
    project, isthmus, wheel
):
    machine = {"linux-x86_64": "x86_64", "linux-arm64": "aarch64"}[releases.here()]
    here = "linux-" + machine
    tags = {here: "manylinux_2_17_" + machine, "darwin-arm64": "macosx_11_0_arm64"}
    for folder, tag in tags.items():
        more = {"two_config.py": b"PLATFORM = '%s'\n" % folder.encode()}
        wheel("two", "1.0", "cp313-cp313-" + tag, more=more)
    wheel("one", "1.0", requires=["two"])
    (project / "requirements.txt").write_text("one\n")
    source = "import sys, two_config, importlib.metadata as m\n"
    source += "assert two_config.PLATFORM.startswith(sys.platform), two_config\n"
    source += "assert m.version('two') == m.version('one') == '1.0'\n"
    (project / "app.py").write_text(source + SOURCE)
    platforms = ["--platform=" + releases.here(), "--platform=macosx-arm64"]
    made = isthmus("war", "-o", "x.war", "--check", *platforms)
    assert made.code == 0 and "IS03" not in made.err, made
    files = _entries("x.war")
    for folder in tags:
        octets = files["WEB-INF/lib-python/%s/two_config.py" % folder]
        assert folder.encode() in octets
    assert "WEB-INF/lib-python/one.py" in files
    bill = json.loads(files["META-INF/sbom/application.cdx.json"])
    needs = {d["ref"]: d["dependsOn"] for d in bill["dependencies"]}
    assert needs["pkg:pypi/one@1.0"] == ["pkg:pypi/two@1.0"]


def test_file_of_no_library_must_be_the_same_on_every_platform(tmp_path):
    places = {"linux-x86_64": tmp_path / "a", "darwin-arm64": tmp_path / "b"}
    for folder, place in places.items():
        place.mkdir()
        (place / "x.py").write_text(folder)
    with pytest.raises(ToolError) as refused:
        side_by_side.merge(places, tmp_path / "lib")
    assert refused.value.rule is Rule.LIBRARIES_DIFFER
    assert "'x.py'" in str(refused.value) and "darwin-arm64" in str(refused.value)


def test_lock_for_another_cpython_names_that_one(project, isthmus):
    (project / "requirements.txt").write_text("one\n")
    other = releases.find("3.12")
    name, url = "one-1.0-py3-none-any.whl", "https://example.org/"
    wheel = pip.Wheel("one", "1.0", name, url + name, "0" * 64)
    digest = project_requirements.read("requirements.txt").digest()
    pylock.write("pylock.toml", other, {releases.here(): [wheel]}, digest)
    refused = isthmus("war")
    assert refused.code == 3 and "IS0417" in refused.err, refused
    assert "--python 3.12.1" in refused.err, refused
    lock = pylock.Lock("pylock.toml")
    assert lock.select(other, releases.here()) == [wheel]
    # That one does not exist for this platform.
    with pytest.raises(ToolError) as unfit:
        lock.select(releases.find("3.13"), "macosx-arm64")
    assert unfit.value.rule is Rule.PYLOCK_UNFIT
    assert "--python" not in str(unfit.value), unfit.value


def test_cpython_that_requires_python_excludes_is_not_offered_without_that(
    project, isthmus
):
    _require(project, ">=3.13")
    refused = isthmus("war", "--platform=linux-arm64")
    assert refused.code == 3 and "IS0411" in refused.err, refused
    assert "3.12.1" in refused.err and "requires-python excludes" in refused.err


def _require(project, versions):
    text = '[project]\nname = "shop"\nversion = "1"\nrequires-python = "%s"\n'
    (project / "pyproject.toml").write_text(text % versions)


def test_web_xml_must_name_the_engine(project, isthmus):
    shutil.copy(_descriptor(project), "own.xml")
    refused = isthmus("war", "--web-xml=own.xml")
    assert refused.code == 3 and "IS0420" in refused.err


def _descriptor(project):
    path = project / "web.xml"
    path.write_text(
        "<web-app><servlet><servlet-name>a</servlet-name><servlet-class>"
        "org.isthmus.WsgiServlet</servlet-class></servlet></web-app>"
    )
    return path

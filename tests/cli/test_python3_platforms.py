"""Which CPython a WAR gets, and the libraries of several platforms in one."""

import io
import json
import zipfile

import pytest

import packages
import python3_project
import test_sbom
from isthmus_cli.cpython import pip, pylock, releases, side_by_side, war
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError

project, wheel = python3_project.project, python3_project.wheel


@pytest.mark.parametrize(
    "words, code, part",
    [
        (["--python=2.6"], "IS0410", "3.13.0"),
        (["--platform=plan9-mips"], "IS0411", "linux-x86_64"),
        (["--platform=windows-x86_64"], "IS0411", "WSL 2"),
        (["--platform=musllinux-x86_64"], "IS0411", "--python none"),
        (["--python=3.13", "--platform=linux-arm64"], "IS0411", "3.12.1"),
        (
            ["--platform=linux-arm64", "--platform=macosx-arm64"],
            "IS0411",
            "3.12.1 has it, but not macosx-arm64",
        ),
    ],
)
def test_cpython_that_is_not_served_is_named(project, isthmus, words, code, part):
    refused = isthmus("war", *words)
    assert refused.code == 3 and code in refused.err and part in refused.err, refused


def test_platform_without_cpython_gets_libraries_that_its_own_has_installed(
    project, isthmus
):
    words = ["--python=none", "--platform=musllinux-x86_64"]
    refused = isthmus("war", *words)
    assert refused.code == 3 and "IS0411" in refused.err, refused
    assert "--python none" in refused.err and "leave out" in refused.err, refused
    # As `pip install --target` does it on such a machine.
    name = "one_c.cpython-313-x86_64-linux-musl.so"
    (project / "installed").mkdir()
    (project / "installed" / name).write_bytes(b"\x7fELF")
    words = ["--engine=cpython", "--python=none", "--lib=installed"]
    made = isthmus("war", "-o", "x.war", *words)
    assert made.code == 0, made
    files = python3_project.entries("x.war")
    assert "WEB-INF/lib-python/" + name in files
    assert not any(n.startswith("WEB-INF/cpython/") for n in files)


@pytest.mark.parametrize(
    "requires, named, version",
    [
        (">=3.9", None, "3.13.0"),
        (">=3.9,<3.13", None, "3.12.1"),
        (">=3.13.2", None, "3.13.5"),
        (">=3.13.2", "3.13", "3.13.5"),
        # What is named outweighs it.
        ("<3.13,>=3.9", "3.13", "3.13.0"),
    ],
)
def test_requires_python_chooses_the_cpython(project, requires, named, version):
    _require(project, requires)
    war_python = war.of_options(named, ["linux-x86_64"], project)
    assert war_python.release.version == version


def test_cpython_that_the_tool_lacks_is_left_to_the_server(project, isthmus, doctor):
    _require(project, ">=3.14")
    refused = isthmus("war")
    assert refused.code == 3 and "IS0227" in refused.err, refused
    for part in ("'>=3.14'", "3.13.5", "--python none"):
        assert part in refused.err, refused
    assert ">=3.14" in doctor()["IS0227"]
    remark = isthmus("doctor").out
    assert remark.count("IS0227: ") == 1, remark
    assert isthmus("war", "-o", "x.war", "--python=none").code == 0


def test_library_that_no_admitted_python_could_import_is_refused(
    project, isthmus, bound
):
    _require(project, ">=3.14")
    refused = isthmus("war", "-o", "x.war", "--python=none")
    assert refused.code == 3 and "IS0428" in refused.err, refused
    for part in (bound, "3.13", "'>=3.14'", "--lib installed"):
        assert part in refused.err, refused
    assert not (project / "x.war").exists()


def test_version_that_the_server_must_have_is_reported(project, isthmus, bound):
    made = isthmus("war", "-o", "x.war", "--python=none", "--no-check")
    assert made.code == 0, made
    assert "The server needs CPython 3.13: %s" % bound in made.err, made
    # With its own CPython, a web application needs no other.
    made = isthmus("war", "-o", "y.war", "--no-check")
    assert made.code == 0 and "The server needs" not in made.err, made


@pytest.fixture
def bound(project, wheel):
    """The name of an extension, in a required library, that is for CPython 3.13."""
    name = "one_c.cpython-313-x86_64-linux-gnu.so"
    tag = "cp313-cp313-manylinux_2_17_x86_64"
    wheel("one", "1.0", tag, more={name: b"\x7fELF"})
    (project / "requirements.txt").write_text("one\n")
    return name


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
    assert war.of_options(None, platforms, project).release.version == version


def test_modules_that_a_platform_lacks_are_reported(project):
    (remark,) = war.of_options(None, ["linux-x86_64", "linux-arm64"], project).remarks()
    for part in ("IS0427", "3.12.1", "linux-arm64", "lzma, sqlite3", "--python none"):
        assert part in remark
    for python in (None, "none"):
        assert not list(war.of_options(python, ["linux-x86_64"], project).remarks())
    # Those of the server.
    assert not list(war.of_options("none", ["linux-arm64"], project).remarks())


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
    files = python3_project.entries("x.war")
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
        (digest,) = [d for purl, d in digests.items() if purl.endswith("=" + platform)]
        assert digest[0]["content"] == artifact.sha256


def test_library_that_differs_by_platform_has_a_folder_for_each(
    project, isthmus, wheel
):
    here = releases.here()
    machine = {"linux-x86_64": "x86_64", "linux-arm64": "aarch64"}[here]
    tags = {here: "manylinux_2_17_" + machine, "macosx-arm64": "macosx_11_0_arm64"}
    for platform, tag in tags.items():
        more = {"two_config.py": b"PLATFORM = '%s'\n" % platform.encode()}
        wheel("two", "1.0", "cp313-cp313-" + tag, more=more)
    wheel("one", "1.0", requires=["two"])
    (project / "requirements.txt").write_text("one\n")
    source = "import sys, two_config, importlib.metadata as m\n"
    source += "assert two_config.PLATFORM.startswith(sys.platform), two_config\n"
    source += "assert m.version('two') == m.version('one') == '1.0'\n"
    (project / "app.py").write_text(source + python3_project.SOURCE)
    platforms = ["--platform=" + platform for platform in tags]
    made = isthmus("war", "-o", "x.war", "--check", *platforms)
    assert made.code == 0 and "IS03" not in made.err, made
    files = python3_project.entries("x.war")
    for platform in tags:
        octets = files["WEB-INF/lib-python/%s/two_config.py" % platform]
        assert platform.encode() in octets
    assert "WEB-INF/lib-python/one.py" in files
    bill = json.loads(files["META-INF/sbom/application.cdx.json"])
    needs = {d["ref"]: d["dependsOn"] for d in bill["dependencies"]}
    assert needs["pkg:pypi/one@1.0"] == ["pkg:pypi/two@1.0"]


def test_bill_of_materials_has_the_wheels_of_every_platform(project, isthmus, wheel):
    linux, mac = platforms = ("linux-x86_64", "macosx-arm64")
    two = {
        platform: wheel("two", "1.0", "cp313-cp313-" + tag, {"two.so": tag.encode()})
        for platform, tag in zip(
            platforms, ("manylinux_2_17_x86_64", "macosx_11_0_arm64")
        )
    }
    # One of them needs a library more, and another release.
    requires = ["two", "only; sys_platform == 'darwin'", "three"]
    one = wheel("one", "1.0", requires=requires)
    only = wheel("only", "1.0", headers=["License-Expression: MIT"])
    three = {
        version: wheel("three", version, headers=["License-Expression: " + licence])
        for version, licence in {"1.0": "MIT", "2.0": "Apache-2.0"}.items()
    }
    found = {
        linux: [one, two[linux], three["2.0"]],
        mac: [one, two[mac], three["1.0"], only],
    }
    locked = {p: [_locked(file) for file in files] for p, files in found.items()}
    pylock.write(project / "pylock.toml", releases.find(), locked, "")
    words = ["--platform=" + platform for platform in platforms]
    done = isthmus("war", "-o", "x.war", "--no-check", *words)
    assert done.code == 0, done
    octets = python3_project.entries("x.war")["META-INF/sbom/application.cdx.json"]
    bill = json.loads(octets)
    test_sbom.validate(bill)
    listed = {c["purl"]: c for c in bill["components"] if "pypi" in c["purl"]}
    names = ("one@1.0", "only@1.0", "three@1.0", "three@2.0", "two@1.0")
    assert list(listed) == ["pkg:pypi/" + name for name in names]
    parts = {p["name"]: p["hashes"] for p in listed["pkg:pypi/two@1.0"]["components"]}
    for file in two.values():
        digest = packages.sha256(file)
        assert parts[file.name] == [{"alg": "SHA-256", "content": digest}]
    licences = {"only@1.0": "MIT", "three@1.0": "MIT", "three@2.0": "Apache-2.0"}
    for library, licence in licences.items():
        assert listed["pkg:pypi/" + library]["licenses"] == [{"expression": licence}]
    needs = {d["ref"]: d["dependsOn"] for d in bill["dependencies"]}
    assert needs["pkg:pypi/one@1.0"] == sorted(set(listed) - {"pkg:pypi/one@1.0"})


def _locked(file):
    name, version = file.name.split("-")[:2]
    return pip.Wheel(name, version, file.name, file.as_uri(), packages.sha256(file))


def test_file_of_no_library_must_be_the_same_on_every_platform(tmp_path):
    places = {"linux-x86_64": tmp_path / "a", "macosx-arm64": tmp_path / "b"}
    for folder, place in places.items():
        place.mkdir()
        (place / "x.py").write_text(folder)
    with pytest.raises(ToolError) as refused:
        side_by_side.merge(places, releases.find(), tmp_path / "lib")
    assert refused.value.rule is Python3Rule.LIBRARIES_DIFFER
    assert "'x.py'" in str(refused.value) and "macosx-arm64" in str(refused.value)


@pytest.mark.parametrize("value", ["'garbage'", "3.9", "'3.9'"])
def test_requires_python_that_is_malformed_is_refused(project, isthmus, doctor, value):
    text = "[project]\nname = 'x'\nversion = '1'\nrequires-python = %s\n" % value
    (project / "pyproject.toml").write_text(text)
    shown = "'%s'" % value.strip("'")
    for words in (["war"], ["serve"], ["war", "--engine=cpython"]):
        refused = isthmus(*words)
        assert refused.code == 3 and "IS0432" in refused.err, refused
        assert shown in refused.err, refused
    reported = doctor()
    assert shown in reported["IS0432"]
    # The source is for Python 3: nothing is said of it as one for Jython.
    assert list(reported) == ["IS0432"], reported
    assert "Jython" not in isthmus("doctor").out

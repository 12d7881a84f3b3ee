"""`isthmus war` for Python 3, without a container: what is in the WAR."""

import io
import json
import re
import shutil
import zipfile

import python3_project
from isthmus_cli import artifacts
from isthmus_cli.cpython import releases

project, wheel = python3_project.project, python3_project.wheel


def test_war_has_cpython_libraries_and_their_bytecode(project, isthmus, wheel):
    wheel("one", "1.0", requires=["two>=2"])
    wheel("two", "2.0")
    (project / "requirements.txt").write_text("one\n")
    made = isthmus("war", "-o", "x.war", "--check")
    assert made.code == 0 and "annotation" in made.err, made
    assert "CPython 3.13.0" in made.err, made
    files = python3_project.entries("x.war")
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
    (archive,) = [name for name in files if name.startswith("WEB-INF/cpython/")]
    with zipfile.ZipFile(io.BytesIO(files[archive])) as python:
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


def test_source_that_cpython_cannot_compile_is_named(project, isthmus):
    (project / "broken.py").write_text("def f(:\n    pass\n")
    refused = isthmus("war", "--engine=cpython")
    assert refused.code == 3 and "IS0419" in refused.err
    assert "broken.py: line 1" in refused.err


def test_python_of_the_server_is_not_included(project, isthmus):
    assert isthmus("war", "-o", "x.war", "--python=none").code == 0
    names = python3_project.entries("x.war")
    assert not [n for n in names if "/cpython/" in n or n.endswith(".pyc")]


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

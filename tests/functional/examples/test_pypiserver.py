"""The index of examples/pypiserver: pypiserver 2 on CPython, for pip and uploads."""

import io
import os
import subprocess
import sys
import zipfile

import pytest

from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("pypiserver", options=["--context-param=isthmus.workers=2"])]
# Much like other applications of CPython.
pytestmark = pytest.mark.matrix

ALICE = ("alice", "only an example")


def _wheel(name, version):
    """(file name, octets) of a wheel with a single module."""
    info = "%s-%s.dist-info/" % (name, version)
    files = {
        name + ".py": "VERSION = '%s'\n" % version,
        info + "METADATA": "Metadata-Version: 2.1\nName: %s\nVersion: %s\n"
        % (name, version),
        info + "WHEEL": "Wheel-Version: 1.0\nGenerator: test\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[info + "RECORD"] = "".join("%s,,\n" % file for file in files)
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return "%s-%s-py3-none-any.whl" % (name, version), wheel.getvalue()


def _upload(visitor, name, version, **more):
    """What twine sends."""
    data = {":action": "file_upload", "name": name, "version": version}
    return visitor.post(
        "/", data=data, files={"content": _wheel(name, version)}, **more
    )


@pytest.fixture
def pip(visitor, tmp_path):
    """pip install from the index alone, into a directory."""

    def install(requirement):
        return subprocess.run(
            [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check"]
            + ["install", "--no-cache-dir", "--target", str(tmp_path), requirement]
            + ["--index-url", visitor.home + "/simple/"],
            env={**os.environ, "no_proxy": "127.0.0.1", "PIP_CONFIG_FILE": os.devnull},
            capture_output=True,
            text=True,
            timeout=300,
        )

    return install


def test_only_who_may_uploads(visitor):
    assert _upload(visitor, "strange", "1.0").status_code == 401
    wrong = _upload(visitor, "strange", "1.0", auth=("alice", "guessed"))
    assert wrong.status_code == 403
    assert visitor.get("/simple/strange/").status_code == 404


def test_pip_installs_what_was_uploaded(visitor, pip, tmp_path):
    for version in ("1.0", "1.1"):
        assert _upload(visitor, "shelved", version, auth=ALICE).status_code == 200
    assert 'href="shelved/"' in visitor.get("/simple/").text
    page = visitor.get("/simple/shelved/").text
    assert visitor.path + "/packages/shelved-1.1-py3-none-any.whl#sha256=" in page
    done = pip("shelved<1.1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "shelved.py").read_text() == "VERSION = '1.0'\n"


def test_same_file_is_not_uploaded_twice(visitor):
    assert _upload(visitor, "once", "1.0", auth=ALICE).status_code == 200
    assert _upload(visitor, "once", "1.0", auth=ALICE).status_code == 409


def test_absent_package_is_not_asked_for_elsewhere(visitor, pip):
    assert visitor.get("/simple/absent/", allow_redirects=False).status_code == 404
    done = pip("absent")
    assert done.returncode == 1
    assert "No matching distribution found for absent" in done.stderr


def test_index_is_read_in_a_browser(site, browser, visitor):
    assert _upload(visitor, "seen", "1.0", auth=ALICE).status_code == 200
    site.open("/")
    browser.leave_by(browser.link("simple"))
    browser.leave_by(browser.link("seen"))
    assert browser.texts("a") == ["seen-1.0-py3-none-any.whl"]
    assert browser.errors() == []

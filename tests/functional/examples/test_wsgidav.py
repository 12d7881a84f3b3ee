"""The share of examples/wsgidav: as litmus, people and programs use it, over HTTP."""

import re
import subprocess

import pytest

from example_project import ExampleProject

BOOT = "examples"
# A Tomcat and a Jetty: litmus asks for ten seconds of CPU.
WARS = [ExampleProject("wsgidav", probe="/files/")]

ALICE = ("alice", "only an example")
# How many tests of litmus may fail. The one is Jython's own:
# tests/packaged/test_element_tree_on_jython.py.
SUITES = {"basic": 0, "copymove": 0, "props": 1, "locks": 0, "http": 0}
SUMMARY = re.compile(r"<- summary for `(\w+)': of (\d+) tests run: (\d+) passed")


@pytest.fixture(scope="module")
def litmus(server, tmp_path_factory):
    """What litmus prints of the share."""
    url = "http://%s:%d%s/files/" % (*server.address, WARS[0].path)
    done = subprocess.run(
        ["litmus", "-k", url, *ALICE],
        cwd=tmp_path_factory.mktemp("litmus"),
        capture_output=True,
        timeout=600,
    )
    # It shows headers as they come.
    return done.stdout.decode("latin-1")


@pytest.fixture
def share(visitor):
    visitor.auth = ALICE
    for name in ("note.txt", "copy.txt", "moved.txt"):
        visitor.delete("/files/" + name)
    return visitor


@pytest.mark.parametrize("suite", SUITES)
def test_litmus_passes(litmus, suite):
    results = {
        name: (int(run), int(good)) for name, run, good in SUMMARY.findall(litmus)
    }
    run, good = results[suite]
    assert run > 0 and run - good <= SUITES[suite], litmus


def test_what_litmus_fails_is_a_character_beyond_the_bmp(litmus):
    failed = re.findall(r"FAIL \((.*)\)", litmus)
    assert [text for text in failed if "high-unicode" not in text] == []


def test_stranger_is_asked_for_a_password(visitor):
    response = visitor.get("/files/")
    assert response.status_code == 401
    assert 'realm="' in response.headers["WWW-Authenticate"]
    wrong = visitor.put("/files/note.txt", data=b"x", auth=("alice", "guessed"))
    assert wrong.status_code == 401


def test_file_is_written_read_in_part_and_deleted(share):
    blob = bytes(range(256)) * 1024
    name = "/files/Zo%C3%AB%20%E6%97%A5.bin"
    assert share.put(name, data=blob).status_code in (201, 204)
    assert share.get(name).content == blob
    part = share.get(name, headers={"Range": "bytes=1000-1255"})
    assert (part.status_code, part.content) == (206, blob[1000:1256])
    assert share.delete(name).status_code == 204
    assert share.get(name).status_code == 404


def test_copy_and_move_know_the_context_path(share):
    share.put("/files/note.txt", data=b"note")
    to = {"Destination": share.home + "/files/copy.txt"}
    assert share.request("COPY", "/files/note.txt", headers=to).status_code == 201
    to = {"Destination": share.home + "/files/moved.txt"}
    assert share.request("MOVE", "/files/note.txt", headers=to).status_code == 201
    assert share.get("/files/copy.txt").text == share.get("/files/moved.txt").text
    assert share.get("/files/note.txt").status_code == 404


def test_directory_is_listed_for_machines(share):
    share.put("/files/note.txt", data=b"note")
    response = share.request("PROPFIND", "/files/", headers={"Depth": "1"})
    assert response.status_code == 207
    assert share.path + "/files/note.txt" in response.text


def test_locked_file_is_not_written_by_others(share):
    share.put("/files/note.txt", data=b"note")
    body = (
        '<?xml version="1.0"?><D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/>'
        "</D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>"
    )
    locked = share.request("LOCK", "/files/note.txt", data=body)
    token = locked.headers["Lock-Token"]
    assert share.put("/files/note.txt", data=b"other").status_code == 423
    mine = {"If": "(%s)" % token}
    assert share.put("/files/note.txt", data=b"mine", headers=mine).status_code == 204
    unlock = {"Lock-Token": token}
    done = share.request("UNLOCK", "/files/note.txt", headers=unlock)
    assert done.status_code == 204
    assert share.get("/files/note.txt").text == "mine"


def test_directory_is_listed_for_people(share, site, browser):
    share.put("/files/note.txt", data=b"note")
    name, password = ALICE
    url = site.url("/files/").replace("//", "//%s:%s@" % (name, password), 1)
    browser.open(url.replace(" ", "%20"))
    assert "note.txt" in browser.text("body")
    browser.leave_by(browser.link("note.txt"))
    assert browser.text("body") == "note"

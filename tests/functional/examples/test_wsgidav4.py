"""The share of examples/wsgidav4: WsgiDAV 4 on Python 3, as litmus uses it."""

import re
import subprocess

import pytest

from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("wsgidav4", probe="/files/")]
# That of WsgiDAV 2 is in `mvn verify`; this asks for another WAR and ten seconds more.
pytestmark = pytest.mark.matrix

ALICE = ("alice", "only an example")
SUITES = ("basic", "copymove", "props", "locks", "http")
SUMMARY = re.compile(r"<- summary for `(\w+)': of (\d+) tests run: (\d+) passed")


def test_litmus_passes_whole(server, tmp_path):
    url = "http://%s:%d%s/files/" % (*server.address, WARS[0].path)
    done = subprocess.run(
        ["litmus", "-k", url, *ALICE], cwd=tmp_path, capture_output=True, timeout=600
    )
    # It shows headers as they come.
    message = done.stdout.decode("latin-1")
    found = {
        name: (int(run), int(good)) for name, run, good in SUMMARY.findall(message)
    }
    assert tuple(found) == SUITES, message
    assert [name for name, (run, good) in found.items() if run != good] == [], message
    assert sum(run for run, _ in found.values()) == 104, message


def test_stranger_is_asked_for_a_password(visitor):
    assert visitor.get("/files/").status_code == 401
    wrong = visitor.put("/files/note.txt", data=b"x", auth=("alice", "guessed"))
    assert wrong.status_code == 401


def test_move_knows_the_context_path_and_names_beyond_ascii(visitor):
    visitor.auth = ALICE
    name, other = "/files/Zo%C3%AB.txt", "/files/%E6%97%A5%20%C3%A9.txt"
    for path in (name, other):
        visitor.delete(path)
    assert visitor.put(name, data=b"note").status_code == 201
    to = {"Destination": visitor.home + other}
    assert visitor.request("MOVE", name, headers=to).status_code == 201
    assert visitor.get(other).text == "note"
    assert visitor.get(name).status_code == 404

"""The readings of examples/fastapi: FastAPI through a2wsgi, over HTTP."""

import threading

from alike import assert_failure_is_logged, assert_streamed
from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("fastapi", probe="/readings")]


def _add(visitor, name, value):
    return visitor.post("/sensors/" + name, json={"value": value})


def test_model_is_stored_and_read(visitor):
    response = _add(visitor, "roof", 7.5)
    assert (response.status_code, response.json()) == (201, {"value": 7.5})
    assert response.headers["Location"] == visitor.home + "/sensors/roof"
    # More requests than there are workers, each of which may answer.
    for _ in range(8):
        assert visitor.get("/sensors/roof").json() == {"value": 7.5}
    assert visitor.get("/sensors/cellar").status_code == 404


def test_path_beyond_ascii_is_found(visitor):
    location = _add(visitor, "Zo\u00eb \u20ac", 1).headers["Location"]
    assert location.endswith("/sensors/Zo%C3%AB%20%E2%82%AC")
    assert visitor.get(location).json() == {"value": 1.0}


def test_what_the_model_does_not_allow_is_refused(visitor):
    response = _add(visitor, "roof", -300)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "value"]


def test_description_knows_the_context_path(visitor):
    found = visitor.get("/openapi.json").json()
    assert [server["url"] for server in found["servers"]] == ["/fastapi"]
    assert "/fastapi/openapi.json" in visitor.get("/docs").text


def test_long_poll_ends_with_the_next_reading(visitor):
    known = visitor.get("/readings").json()["readings"]
    assert visitor.get("/readings?after=%d&seconds=0" % known).json() == {
        "readings": known
    }
    answers = []

    def poll():
        path = "/readings?after=%d&seconds=60" % known
        answers.append(visitor.get_as_it_is(path).json()["readings"])

    waiting = threading.Thread(target=poll)
    waiting.start()
    _add(visitor, "door", 1)
    waiting.join(120)
    assert answers == [known + 1]


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count")


def test_exception_is_a_500_without_its_text(visitor):
    assert_failure_is_logged(visitor)
    assert visitor.get("/share/4").json() == {"part": 0.25}

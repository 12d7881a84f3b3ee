"""The sensors of examples/falcon: whatever it does with Falcon, over HTTP."""

from alike import assert_failure_is_logged, assert_not_sent_twice, assert_streamed
from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("falcon", probe="/sensors")]


def _put(visitor, name, reading):
    return visitor.put("/sensors/" + name, json={"reading": reading})


def test_resource_is_put_read_and_deleted(visitor):
    response = _put(visitor, "roof", 7)
    assert response.status_code == 201
    assert response.headers["Location"] == visitor.home + "/sensors/roof"
    assert _put(visitor, "roof", 7.5).status_code == 204
    response = visitor.get("/sensors/roof")
    assert response.json() == {"name": "roof", "reading": 7.5}
    assert response.headers["Content-Type"].startswith("application/json")
    assert visitor.delete("/sensors/roof").status_code == 204
    assert visitor.get("/sensors/roof").status_code == 404


def test_path_beyond_ascii_is_found(visitor):
    response = _put(visitor, "Zo\u00eb \u20ac", 1)
    assert response.headers["Location"].endswith("/sensors/Zo%C3%AB%20%E2%82%AC")
    found = visitor.get("/sensors/Zo%C3%AB%20%E2%82%AC").json()
    assert found == {"name": "Zo\u00eb \u20ac", "reading": 1}


def test_resource_is_not_sent_twice(visitor):
    _put(visitor, "door", 3)
    etag = assert_not_sent_twice(visitor, "/sensors/door").headers["ETag"]
    _put(visitor, "door", 4)
    response = visitor.get("/sensors/door", headers={"If-None-Match": etag})
    assert response.json()["reading"] == 4


def test_query_is_an_integer_or_400(visitor):
    _put(visitor, "low", 100)
    _put(visitor, "high", 300)
    assert visitor.get("/sensors?least=200").json()["sensors"] == ["high"]
    response = visitor.get("/sensors?least=x")
    assert response.status_code == 400
    assert response.json()["title"] == "Invalid parameter"


def test_cookie_is_of_the_application_alone(visitor):
    response = visitor.post("/reader", json={"name": "Ada"})
    assert response.status_code == 204
    cookie = response.headers["Set-Cookie"]
    assert "Path=/falcon" in cookie and "httponly" in cookie.lower()
    assert visitor.get("/sensors").json()["reader"] == "Ada"


def test_octets_come_back_whole_however_they_are_sent(visitor):
    _put(visitor, "roof", 7)
    blob = bytes(range(256)) * 4096
    octets = {"Content-Type": "application/octet-stream"}
    for data in blob, iter([blob[:1000], blob[1000:]]):  # The second one is chunked.
        response = visitor.put("/sensors/roof/chart", data=data, headers=octets)
        assert response.json() == {"bytes": len(blob)}
        response = visitor.get("/sensors/roof/chart")
        assert response.content == blob
        assert response.headers["Content-Type"] == "application/octet-stream"


def test_errors_are_json(visitor):
    response = visitor.get("/sensors/%E6%97%A5")
    assert response.status_code == 404
    expected = {"title": "Unknown sensor", "description": "Nothing is called \u65e5."}
    assert response.json() == expected
    assert visitor.get("/nowhere").status_code == 404
    json = {"Content-Type": "application/json"}
    assert visitor.post("/reader", data=b"{", headers=json).status_code == 400
    response = visitor.post("/reader", data=b"x", headers={"Content-Type": "text/x"})
    assert response.status_code == 415


def test_methods_are_reported(visitor):
    response = visitor.post("/sensors")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "OPTIONS"}
    response = visitor.options("/sensors")
    assert (response.status_code, response.headers["Allow"]) == (200, "GET")


def test_exception_is_the_server_s_500(visitor):
    assert_failure_is_logged(visitor)
    assert visitor.get("/share/4").json() == {"part": 0.25}


def test_generator_is_streamed(visitor):
    assert_streamed(visitor, "/count/3")


def test_static_file_is_there_and_nothing_beside(visitor):
    response = visitor.get("/static/manual.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.text.startswith("PUT a reading")
    assert visitor.get("/static/none.txt").status_code == 404
    assert visitor.climb("/static", "app.py") <= {400, 403, 404}

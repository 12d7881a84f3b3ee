"""isthmus.sessions.pyramid: Pyramid's sessions in the container's."""

import pytest

from example_project import ExampleProject
from paths import HERE
from visitor import (
    Site,
    Visitor,
    assert_login_changes_the_identifier_alone,
    assert_logout_ends_the_session,
)

BOOT = "examples"
PATH = "/pyramid-sessions"
SITE = HERE / "sites" / "pyramid-sessions"
# Pyramid as the project has it, with another application.
WARS = [
    ExampleProject(
        "pyramid",
        PATH,
        files={
            "WEB-INF/app/" + name: (SITE / name).read_text("utf-8")
            for name in ("production.ini", "pyramid_app.py")
        },
    )
]


@pytest.fixture
def client(server):
    return Visitor(Site(server, PATH))


def test_reading_sets_no_cookie(client):
    client.get("/unused")
    assert client.json("/look") == {}
    client.get("/logout")
    assert client.cookie is None


def test_session_is_the_containers(client):
    assert client.json("/count") == 1
    assert client.cookie.startswith("JSESSIONID=")
    assert [client.json("/count"), client.json("/look")] == [2, {"n": 2}]


def test_change_in_place_is_written_if_it_is_marked(client):
    assert client.json("/change") == [1]
    assert client.json("/change") == [1, 1]
    assert client.json("/look") == {"cart": [1, 1]}


def test_key_is_deleted(client):
    client.get("/count")
    assert client.json("/delete") == [False, 0, None]
    assert client.json("/look") == {}


def test_login_changes_the_identifier_alone(client):
    assert_login_changes_the_identifier_alone(client)


def test_logout_ends_the_session(client):
    assert_logout_ends_the_session(client)


def test_wrong_value_is_refused_where_it_is_written(client):
    assert client.json("/refuse") == ["IS0500", True]
    assert client.cookie is None


def test_messages_are_kept_until_they_are_read(client):
    messages = ["Gespeichert f\u00fcr dich", "b"]
    assert client.json("/flash") == messages
    assert client.json("/flashed") == messages
    assert client.json("/flashed") == []


def test_token_is_kept_until_there_is_a_new_one(client):
    assert client.json("/token") == [True, True]
    assert client.json("/token") == [True, False]
    (token,) = client.json("/look").values()
    assert client.json("/new_token") is True
    assert list(client.json("/look").values()) != [token]


def test_elsewhere_the_other_factory_is_used(client):
    assert client.json("/count?elsewhere") == 1
    assert client.cookie.startswith("session=")
    assert client.json("/count?elsewhere") == 2

"""Raw requests and the environ they give: requests/*.http against requests/*.json."""

import pytest

import request_files

ASKED = ("environ",)


@pytest.mark.parametrize("case", request_files.load(), ids=lambda case: case.name)
def test_request_gives_environ(mount, case):
    mounted = mount("environ")
    container = mounted.server.name
    with mounted.connect(tuned=case.tuned) as connection:
        places = request_files.places(mounted, connection)
        connection.send(case.request(places))
        response = connection.receive()
    assert response.status == case.status(container)
    if response.status == 200:
        expected = case.environ(container, places)
        strings = response.json()["strings"]
        assert {key: strings.get(key) for key in expected} == expected

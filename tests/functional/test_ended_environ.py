"""environ after its request has ended: what it still tells another request."""

import pytest

import client
from dispatched import SITE, WAR

WARS = [WAR]


def _after(server, first, *keys):
    """The values of these keys in the environ of the first request, now ended."""
    for target in (first, SITE + "/keeps/other?show=" + ",".join(keys)):
        with client.Connection(server.tuned_address) as connection:
            connection.request("GET", target)
            response = connection.receive()
    return response.json()


@pytest.mark.parametrize("key", ["REQUEST_URI", "RAW_URI"])
def test_request_uri_is_still_as_it_was_sent(server, key):
    target = SITE + "/keeps/caf%C3%A9?a=%C3%A9"
    if server.name.startswith("jetty"):
        # Tomcat refuses octets beyond ASCII.
        target += "\u00c3\u00a9"
    assert _after(server, target, key) == [target]


def test_path_is_still_that_of_the_request(server):
    keys = ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "REQUEST_METHOD")
    found = _after(server, SITE + "/keeps/caf%C3%A9?q", *keys)
    assert found == [SITE + "/keeps", "/caf\u00c3\u00a9", "q", "GET"]


def test_error_that_led_to_the_page_is_still_told(server):
    keys = ("REDIRECT_STATUS", "REDIRECT_URL", "PATH_INFO")
    found = _after(server, SITE + "/go/error?409", *keys)
    assert found == ["409", SITE + "/go/error", "/409"]

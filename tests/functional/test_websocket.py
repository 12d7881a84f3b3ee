"""A WebSocket handshake: no WSGI application gets it (RFC 6455, 4.1)."""

from handshake import HANDSHAKE

ASKED = ("hello",)


def test_handshake_is_not_for_an_application(mount, entry):
    mounted = mount("hello")
    mark = mounted.server.log.mark()
    response = mounted.get("/socket", HANDSHAKE)
    if entry == "filter" and mounted.server.name.startswith("tomcat"):
        # The filter passes it on, and behind it is no endpoint.
        assert response.status == 404
    else:
        assert response.status == 501
        mounted.server.log.wait_for("IS0514.*/socket", mark)


def test_other_requests_with_an_upgrade_are_the_applications(mount):
    mounted = mount("hello")
    assert mounted.get("/", [("Upgrade", "h2c"), *HANDSHAKE[1:]]).status == 200
    assert mounted.request("POST", "/", HANDSHAKE, b"").status == 200

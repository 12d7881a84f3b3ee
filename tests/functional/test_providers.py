"""Bouncy Castle in two web applications: a JVM has one provider of a name."""

import re

import pytest

import client

ASKED = ("pem",)
# The WARs of apps/: two web applications, unless --entry has asked for one alone.
pytestmark = pytest.mark.usefixtures("mount")


def _paths(server):
    return [war.path for war in server.wars if war.path in ("/servlet", "/filter")]


@pytest.fixture
def answers(server):
    """{context path: what its application says}, of two web applications with ssl."""
    files = server.certificates
    pem = server.base / "both.pem"
    names = ("server-key.pem", "server.pem")
    pem.write_text("".join((files / name).read_text() for name in names))
    return {
        path: client.fetch(server.address, "GET", "%s/pem/?%s" % (path, pem)).json()
        for path in _paths(server)
    }


def test_ssl_uses_the_classes_of_its_own_web_application(answers):
    assert {(a["algorithm"], a["key"]) for a in answers.values()} == {("RSA", True)}


def test_who_finds_the_provider_of_another_first_is_told_whose_it_is(server, answers):
    late = [path for path in answers if not answers[path]["registered"]]
    assert len(late) >= len(answers) - 1
    loaders = []
    for record in server.log.records():
        if "IS0086: " in record.text:
            assert record.level == "INFO" and "'BC'" in record.text
            assert "Bouncy Castle's jars" in record.text
            loader = r"'([\w.]*Web[aA]pp\w*ClassLoader\b[^']*)'"
            loaders.append(re.search(loader, record.text).group(1))
    assert bool(loaders) >= bool(late)
    # Once for each provider that was registered, whoever finds it after that.
    assert len(loaders) == len(set(loaders)), loaders

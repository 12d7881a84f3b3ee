"""The whole example on CPython's own server: the same pages, as far as they go."""

import re

import pytest

import contents
import links
import on_wsgiref


@pytest.fixture(params=["", "/shop", "/a/b"])
def site(request):
    return on_wsgiref.Site(request.param)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def test_every_page_answers_and_every_link_leads_somewhere(site, ask):
    pages = ["%s/%s/" % (site.prefix, page.name) for page in contents.PAGES]
    pages += [site.prefix + "/", site.prefix + "/second/", site.prefix + "/login/"]
    found = set()
    for path in pages:
        answer = ask(site, path, SCRIPT_NAME="")
        expected = "403 Forbidden" if path.endswith("/members/") else "200 OK"
        assert (path, answer.status) == (path, expected)
        found |= links.of(answer.text)
    assert all(link.startswith(site.prefix + "/") for link in found)
    # What the container itself answers, and what wants a POST.
    found -= {site.prefix + "/j_security_check", site.prefix + "/logout"}
    statuses = {
        link: ask(site, _unquoted(link), SCRIPT_NAME="").status for link in found
    }
    assert {link for link, status in statuses.items() if status[:3] == "404"} == set()


def _unquoted(link):
    octets = re.sub(
        b"%(..)", lambda m: bytes([int(m.group(1), 16)]), link.encode("ascii")
    )
    return octets.decode("latin-1")


def test_unknown_path_is_open_water(site, ask):
    answer = ask(site, site.prefix + "/nowhere", SCRIPT_NAME="")
    assert answer.status == "404 Not Found"
    assert "Open water" in answer.text


def test_static_files_are_served_and_no_others(site, ask):
    answer = ask(site, site.prefix + "/static/style.css", SCRIPT_NAME="")
    assert answer.headers["Content-Type"] == "text/css"
    answer = ask(site, site.prefix + "/static/../WEB-INF/web.xml", SCRIPT_NAME="")
    assert answer.status == "404 Not Found"

"""The wiki of examples/moin2: MoinMoin 2 on CPython."""

import pytest

from example_project import PreparedExampleProject, run_python

BOOT = "examples"
# Its first start and its imports are slow, and four wheels are made for it.
pytestmark = pytest.mark.matrix

TEXT = "text/x.moin.wiki;charset=utf-8"


def _make_wheels(project):
    """What the README says: an index has some libraries as sources alone."""
    wheels = ("pip", "wheel", "-q", "--no-deps", "-w", "wheels")
    run_python(*wheels, "-r", "requirements-sources.txt", cwd=project)


# Where the application answers as soon as it runs.
MORE = {"probe": "/+serve/pygments/css/colorful.css"}
MORE["options"] = ["--context-param=isthmus.workers=2"]
WARS = [PreparedExampleProject("moin2", prepare=_make_wheels, **MORE)]


def _save(visitor, name, text):
    """Write a page, as its form does."""
    path = "/+modify/" + name
    query = {"contenttype": TEXT, "itemtype": "default", "template": ""}
    assert visitor.get(path, params=query).status_code == 200
    data = {"content_form_data_text": text, "comment": "", "meta_form_acl": "None"}
    data.update(meta_form_name=name, meta_form_summary="", meta_form_tags="")
    return visitor.post(path, params=query, files={k: (None, data[k]) for k in data})


WIKI = """
from werkzeug.test import Client
import app

home = Client(app.application).get("/Home")
assert home.status_code == 200, home.text
assert "moin-content" in home.text, home.text
assert "not exist" not in home.text, home.text
"""


def test_wiki_is_made_once_by_whoever_starts(first_start):
    first_start.at_once(WIKI)


def test_wiki_is_made_anew_if_the_first_start_was_killed(first_start):
    first_start.kill("wiki.new/index")
    assert not (first_start.data / "wiki").exists()
    first_start.at_once(WIKI)


def test_first_page_is_there_and_links_know_the_context_path(visitor):
    page = visitor.get("/")
    assert page.url == visitor.home + "/Home"
    assert 'href="%s/static/css/common.css"' % visitor.path in page.text
    style = visitor.get("/static/css/common.css")
    assert style.headers["Content-Type"].startswith("text/css")


def test_page_beyond_ascii_has_its_revisions(visitor):
    name = "Zo\u00eb \u65e5"
    for text in ("= Bees =\n\nfirst ''hum''", "second \u8a9e"):
        assert _save(visitor, name, text).status_code == 200
    assert "second \u8a9e" in visitor.get("/" + name).text
    diff = visitor.get("/+diff/" + name).text
    assert "first" in diff and "second" in diff


def test_absent_page_is_offered_to_be_made(visitor):
    response = visitor.get("/NoSuchPage")
    assert response.status_code == 404
    assert visitor.path + "/+modify/NoSuchPage" in response.text


def test_readers_at_once_see_what_either_worker_wrote(crowd, visitor):
    for number in range(4):
        _save(visitor, "Needle%d" % number, "needle %d in haystack" % number)

    def visit(other, number):
        page = "/Needle%d" % (number % 4)
        assert "needle %d in" % (number % 4) in other.get(page).text

    crowd(visit)
    found = visitor.get("/+search", params={"q": "needle"}).text
    assert "Needle0" in found and "Needle3" in found


def test_page_is_edited_in_a_browser(site, browser):
    site.open("/+modify/Browsed?contenttype=%s&itemtype=default" % TEXT)
    browser.one("#f_content_form_data_text").send_keys("Written in a browser.")
    browser.leave_by(browser.one("#moin-save-text-button"))
    assert "Written in a browser." in browser.text("#moin-content")
    # Its policy for scripts is one that only reports.
    assert not [output for output in browser.errors() if "Failed to load" in output]

"""The wiki of examples/moinmoin, over HTTP.

On one container: a start and its first page take fifteen seconds of CPU.
"""

import re

import pytest

from example_project import ExampleProject

BOOT = "examples"
STYLE = "/moin_static1911/modernized/css/common.css"
WARS = [ExampleProject("moinmoin", probe=STYLE)]


def _save(visitor, page, text):
    """Write a page as its form does, with the ticket and the revision from it."""
    form = visitor.get(page, params={"action": "edit", "editor": "text"}).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert "ticket" in hidden
    data = {**hidden, "savetext": text, "button_save": "Save Changes"}
    return visitor.post(page, data=data)


def test_page_is_written_and_shown(visitor):
    text = "= Zo\u00eb's page =\n\n * one\n * ''two'' \u65e5\u672c\n"
    assert _save(visitor, "/SandBox", text).status_code == 200
    page = visitor.get("/SandBox").text
    assert "Zo\u00eb's page</h1>" in page
    assert "<em>two</em> \u65e5\u672c" in page
    raw = visitor.get("/SandBox", params={"action": "raw"})
    assert raw.text.replace("\r\n", "\n").strip() == text.strip()


def test_page_beyond_ascii_has_its_revisions(visitor):
    name = "/Zo%C3%AB%20%E6%97%A5"
    for text in ("first", "second"):
        _save(visitor, name, text)
    assert "second" in visitor.get(name).text
    older = visitor.get(name, params={"action": "recall", "rev": "1"}).text
    assert "first" in older
    changes = visitor.get(
        name, params={"action": "diff", "rev1": "1", "rev2": "2"}
    ).text
    assert "first" in changes and "second" in changes


def test_form_without_its_ticket_is_refused(visitor):
    data = {"action": "edit", "savetext": "forged", "button_save": "Save Changes"}
    visitor.post("/ForgedPage", data={**data, "rev": "0", "ticket": "guessed"})
    assert visitor.get("/ForgedPage").status_code == 404


def test_absent_page_is_offered_to_be_made(visitor):
    response = visitor.get("/NoSuchPage")
    assert response.status_code == 404
    assert visitor.path + "/NoSuchPage?action=edit" in response.text


def test_style_sheets_are_below_the_context_path(visitor):
    page = visitor.get("/SandBox").text
    assert 'href="%s%s"' % (visitor.path, STYLE) in page
    response = visitor.get(STYLE)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/css")


def test_pages_are_searched(visitor):
    _save(visitor, "/FoundPage", "needle in a haystack\n")
    query = {
        "action": "fullsearch",
        "value": "needle",
        "context": "180",
        "fullsearch": "x",
    }
    assert "FoundPage" in visitor.get("/FrontPage", params=query).text


@pytest.mark.parametrize("language, word", [("de", "Suche"), ("en", "Search")])
def test_wiki_speaks_the_visitors_language(visitor, language, word):
    wanted = {"Accept-Language": language}
    assert word in visitor.get("/FrontPage", headers=wanted).text


def test_page_is_edited_in_a_browser(site, browser):
    site.open("/BrowserPage?action=edit&editor=text")
    area = browser.one("#editor-textarea")
    area.clear()
    area.send_keys("Written in a browser.")
    browser.leave_by(browser.one("input[name=button_save]"))
    assert "Written in a browser." in browser.text("#content")

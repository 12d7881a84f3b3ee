"""Server-sent events in a browser (HTML Living Standard, 9.2)."""

import board


def test_browser_gets_each_event_comes_back_and_leaves(mount, browser):
    mounted = mount("shows_events")
    notes = board.Board(mount)
    host = "http://%s:%d" % mounted.server.address
    browser.begin(host + mounted.prefix + notes.query())
    # The next one is not asked for before this one is on the page.
    browser.until(lambda: browser.texts("li") == ["1 one"])
    notes.add("one is seen")
    # The stream ends after the second: the browser asks again, and says what it had.
    browser.until(lambda: browser.texts("li") == ["1 one", "2 caf\u00e9", "3 three"])
    assert "back after 2" in notes.notes()
    assert "gone" not in notes.notes()
    browser.begin("about:blank")
    # A heartbeat finds nobody, and the generator's close() has run.
    notes.wait_for("gone")

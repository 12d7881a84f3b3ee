"""The page that arrives in pieces, watched while it does."""

from example_war import EXAMPLE

WARS = [EXAMPLE]

STONES = 12


def test_stones_are_laid_one_by_one_before_the_eyes(site, browser):
    browser.begin(site.url("/stream/"))
    states = []

    def is_across():
        state = browser.script(
            "return [document.querySelectorAll('.causeway li').length,"
            " document.readyState, document.getElementById('done') != null]"
        )
        if state not in states:
            states.append(state)
        return state[2]

    browser.until(is_across)
    browser.settle()
    counts = [count for count, ready, _ in states if ready == "loading"]
    # A slow machine may miss some; a page that is buffered shows none, or all at once.
    assert len(set(counts)) >= STONES // 2
    assert counts == sorted(counts)
    assert len(browser.all(".causeway li")) == STONES
    assert browser.text("#done") == "Across, on 12 stones."


def test_stones_are_laid_again(site, browser):
    site.open("/stream/")
    browser.script("window.old = true")
    browser.link("Once more").click()
    browser.until(lambda: not browser.script("return window.old"))
    browser.until(lambda: 0 < len(browser.all(".causeway li")) < STONES)
    # Leave before the end: nothing is to run on when the container stops.
    site.open("/")

"""How the pages look and read: in the dark, on a telephone, by keyboard and ear."""

import pytest

from example_war import EXAMPLE

WARS = [EXAMPLE]

PLACES = ["", "function/", "class/", "first/a/b", "members/", "environ/", "upload/"]
PLACES += ["download/"]


def test_colours_follow_the_system(site, browser):
    lightness = {}
    for scheme in ("light", "dark"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        browser.command("Emulation.setEmulatedMedia", features=[feature])
        site.open("/")
        colour = browser.script(
            "return getComputedStyle(document.body).backgroundColor"
        )
        lightness[scheme] = sum(map(int, colour[4:-1].split(",")))
    assert lightness["light"] > 600 and lightness["dark"] < 150


@pytest.mark.parametrize("place", PLACES)
def test_page_fits_a_telephone(site, browser, place):
    browser.command(
        "Emulation.setDeviceMetricsOverride",
        width=340,
        height=700,
        deviceScaleFactor=2,
        mobile=True,
    )
    site.open("/" + place)
    width = browser.script("return document.documentElement.scrollWidth")
    assert width <= 340


@pytest.mark.parametrize("place", PLACES)
def test_page_reads_well_aloud(site, browser, place):
    site.open("/" + place)
    assert browser.one("html").get_attribute("lang") == "en"
    assert len(browser.all("h1")) == 1
    assert len(browser.all("header")) == len(browser.all("main")) == 1
    assert len(browser.all("nav[aria-label]")) == 1
    unlabelled = "input:not(label input), img:not([alt]), table:not(:has(caption))"
    assert browser.all(unlabelled) == []
    levels = browser.script(
        "return [...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])"
    )
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


def test_first_key_leads_past_the_menu(site, browser):
    site.open("/function/")
    active = browser.driver.switch_to.active_element
    active.send_keys("\ue004")
    active = browser.driver.switch_to.active_element
    assert active.text == "Skip to the content"
    assert active.get_attribute("href").endswith("#main")
    assert active.is_displayed()


def test_pictures_and_styles_are_there(site, browser):
    site.open("/")
    assert browser.script("return document.images[0].naturalWidth") == 480
    rules = "return [...document.styleSheets].map(sheet => sheet.cssRules.length)"
    counts = browser.script(rules)
    assert len(counts) == 4 and min(counts) > 5

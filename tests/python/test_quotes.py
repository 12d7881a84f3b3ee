"""What pages quote from files is what these files have."""

import re

import pytest

import quotes

CONFIGURATION = re.compile(r"(.*)\n *```(?:xml|ini|yaml|sql|nginx|apache)\n")


@pytest.mark.parametrize("page", quotes.pages(), ids=lambda page: page.name)
def test_quotations_are_current(page):
    # Otherwise: scripts/docs.
    assert page.read_text("utf-8") == quotes.current(page)


def test_spring_boot_page_quotes_its_example():
    assert "spring-boot.md" in [page.name for page in quotes.pages()]


@pytest.mark.parametrize("name", ["sessions", "login", "servlets", "cluster"])
def test_configuration_is_that_of_the_tests(name):
    text = (quotes.ROOT / "docs" / (name + ".md")).read_text("utf-8")
    before = CONFIGURATION.findall(text)
    assert before
    assert [line for line in before if "<!-- from tests/" not in line] == []

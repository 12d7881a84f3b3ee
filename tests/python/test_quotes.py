"""What pages quote from files is what these files have."""

import pytest

import quotes


@pytest.mark.parametrize("page", quotes.pages(), ids=lambda page: page.name)
def test_quotations_are_current(page):
    # Otherwise: scripts/docs.
    assert page.read_text("utf-8") == quotes.current(page)


def test_spring_boot_page_quotes_its_example():
    assert "spring-boot.md" in [page.name for page in quotes.pages()]

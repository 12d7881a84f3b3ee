"""Links between pages lead to a file, and to a heading of it."""

import collections
import re

import pytest

import quotes

PAGES = [
    *(quotes.ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((quotes.ROOT / "docs").rglob("*.md")),
    *sorted((quotes.ROOT / "examples").glob("*/README.md")),
]
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"^```.*?^```", re.S | re.M)
HEADING = re.compile(r"^#+ (.*)$", re.M)


def anchors(page):
    """The anchors of a page's headings, as GitHub makes them."""
    counts = collections.Counter()
    found = set()
    for heading in HEADING.findall(CODE.sub("", page.read_text("utf-8"))):
        text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        kept = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        found.add("%s-%d" % (kept, counts[kept]) if counts[kept] else kept)
        counts[kept] += 1
    return found


@pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: str(page.relative_to(quotes.ROOT))
)
def test_links_lead_somewhere(page):
    broken = []
    for path, anchor in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        target = page.parent / path if path else page
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor not in anchors(target)
        ):
            broken.append("%s#%s" % (path, anchor))
    assert broken == []

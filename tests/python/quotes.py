"""Files that pages quote: rewrites the quotations, for scripts/docs.

A page has a comment, ``<!-- from FILE -->`` or ``<!-- from FILE: REGION -->``, and a
block of code below it. A region of a file lies between comments ``begin: REGION`` and
``end: REGION``.
"""

import re
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUOTE = re.compile(
    r"(<!-- from (?P<file>\S+?)(?:: (?P<region>\w+))? -->\n```\w+\n).*?(?=```\n)", re.S
)


def pages():
    """The pages that quote."""
    return [page for page in (ROOT / "docs").rglob("*.md") if QUOTE.search(_read(page))]


def current(page):
    """The text of a page, with its quotations as the files are now."""
    return QUOTE.sub(lambda m: m[1] + quoted(m["file"], m["region"]), _read(page))


def quoted(file, region):
    text = _read(ROOT / file)
    if region is None:
        return text
    lines = text.splitlines(keepends=True)
    begin, end = (_mark(lines, word, region) for word in ("begin", "end"))
    return textwrap.dedent("".join(lines[begin + 1 : end])).strip() + "\n"


def _mark(lines, word, region):
    mark = re.compile(r"%s: %s\b" % (word, region))
    (found,) = [i for i, line in enumerate(lines) if mark.search(line)]
    return found


def _read(path):
    return path.read_text("utf-8")


if __name__ == "__main__":
    for each in pages():
        each.write_text(current(each), "utf-8")

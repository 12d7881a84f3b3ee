"""What a page links to, to be followed by a test."""

import html.parser

LINKED = {"a": "href", "link": "href", "img": "src", "form": "action"}


class _Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        value = dict(attrs).get(LINKED.get(tag))
        if value and value.startswith("/"):
            self.found.add(value)


def of(text):
    """The absolute paths that a page links to, on its own site."""
    parser = _Links()
    parser.feed(text)
    return parser.found

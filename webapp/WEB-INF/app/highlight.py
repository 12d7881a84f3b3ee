"""Source code as HTML with its keywords, strings and comments marked."""
import io
import keyword
import re
import tokenize

from markup import escape

_WORDS = set(keyword.kwlist) | {"None", "True", "False"}
_CLASSES = {
    tokenize.COMMENT: u"comment",
    tokenize.STRING: u"string",
    tokenize.NUMBER: u"number",
}


def python(text):
    """Return Python source as HTML."""
    lines = text.splitlines(True)
    html = []
    row, column = 1, 0
    before = None
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind, word, start, end = token[:4]
        html.append(escape(_between(lines, (row, column), start)))
        html.append(_marked(word, _class(kind, word, before)))
        row, column = end
        before = word
    return u"".join(html)


def xml(text):
    """Return XML as HTML."""
    marked = u'\\1<span class="keyword">\\2</span>'
    return re.sub(u"(&lt;/?)([\\w-]+)", marked, escape(text))


def _class(kind, word, before):
    if kind == tokenize.NAME:
        if word in _WORDS:
            return u"keyword"
        return u"defined" if before in ("def", "class") else None
    return _CLASSES.get(kind)


def _marked(word, css_class):
    html = escape(word)
    return u'<span class="%s">%s</span>' % (css_class, html) if css_class else html


def _between(lines, start, end):
    """Return what tokens leave out: blanks, and the line ends of continued lines."""
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]] if start[0] <= len(lines) else u""
    first = lines[start[0] - 1][start[1] :]
    last = lines[end[0] - 1][: end[1]] if end[0] <= len(lines) else u""
    return first + u"".join(lines[start[0] : end[0] - 1]) + last

"""The HTML around what a program answers."""
import contents
import sources
from markup import escape, prose, readable

_TOP = u"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{styles}
<link rel="icon" href="{root}/static/icon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="{root}/">Isthmus</a>
<nav aria-label="Programs"><ul>{menu}</ul></nav>
</header>
<main id="main">
"""

_STYLES = ("style", "answers", "sources", "front")

_STYLE = u'<link rel="stylesheet" href="{root}/static/{name}.css">'

_INTRODUCTION = u"""<h1>{title}</h1>
{lead}
<section class="stage" aria-label="What the program answered">
<p class="exchange"><code>{request}</code> <code class="status">{status}</code></p>
<div class="answer">
"""

_ANSWERED = u"""</div>
</section>
"""

_SOURCES = u"""<section class="sources" aria-label="How it is made">
<h2>How it is made</h2>
{listings}
</section>
"""

_LISTING = u"""<details{is_open}>
<summary><code>{name}</code> <span>{what}</span></summary>
<pre tabindex="0" role="region" aria-label="{name}"><code>{html}</code></pre>
</details>
"""

_BOTTOM = u"""</main>
<footer>
<p>Served by {server}. <a href="{root}/">All programs</a> &middot;
<a href="https://peps.python.org/pep-3333/">PEP 3333</a></p>
</footer>
</body>
</html>
"""


def top(page, root):
    """Return the document up to the content."""
    title = page.title if page.title == u"Isthmus" else page.title + u" \u00b7 Isthmus"
    menu = u"".join(
        u'<li><a href="{root}/{name}/"{here}>{short}</a></li>'.format(
            root=escape(root),
            name=entry.name,
            short=escape(entry.short),
            here=u' aria-current="page"' if entry is page else u"",
        )
        for entry in contents.PAGES
    )
    styles = u"\n".join(
        _STYLE.format(root=escape(root), name=name) for name in _STYLES
    )
    return _TOP.format(
        title=escape(title), root=escape(root), menu=menu, styles=styles
    )


def introduction(page, text, environ, status):
    """Return heading, explanation and the frame that the program's answer stands in."""
    return _INTRODUCTION.format(
        title=escape(page.title),
        lead=_paragraphs(text),
        request=escape(request_line(environ)),
        status=escape(readable(status)),
    )


def answered():
    """Return what closes the frame around the program's answer."""
    return _ANSWERED


def listings(modules, servlets, environ, unfolded):
    """Return the sources of these modules and servlets, so many of them unfolded."""
    shown = [(name, what, sources.program(name)) for name, what in modules]
    xml = u"".join(sources.mapping(name, environ) for name in servlets)
    shown.append(("web.xml", u"What the container is told.", xml))
    return _SOURCES.format(
        listings=u"".join(
            _LISTING.format(
                name=name,
                what=prose(what),
                html=html,
                is_open=u" open" if number < unfolded else u"",
            )
            for number, (name, what, html) in enumerate(shown)
        )
    )


def bottom(environ, root):
    """Return the rest of the document."""
    server = readable(environ.get("SERVER_SOFTWARE", "an unnamed server"))
    return _BOTTOM.format(server=escape(server), root=escape(root))


def request_line(environ):
    """Return method and URL of a request as a person would write them."""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    query = environ.get("QUERY_STRING")
    method = environ["REQUEST_METHOD"]
    return readable("%s %s%s" % (method, path or "/", "?" + query if query else ""))


def _paragraphs(text):
    return u"".join(
        u"<p>%s</p>\n" % prose(paragraph) for paragraph in text.strip().split(u"\n\n")
    )

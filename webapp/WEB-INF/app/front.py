"""The front page: what there is to see, and who is serving it."""
import platform
import sys

import contents
import urls
from markup import escape, prose, readable


def application(environ, start_response):
    root = escape(urls.root(environ))
    cards = u"".join(_card(page, root) for page in contents.PAGES)
    facts = u"".join(
        FACT.format(escape(name), escape(value)) for name, value in _facts(environ)
    )
    html = PAGE.format(root=root, cards=cards, facts=facts)
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [html.encode("utf-8")]


def _card(page, root):
    return CARD.format(
        root=root, name=page.name, title=escape(page.title), teaser=prose(page.teaser)
    )


def _facts(environ):
    """Yield what runs here: the container, Python and, under it, Java."""
    yield u"Container", readable(environ.get("SERVER_SOFTWARE", "unnamed"))
    version = u".".join(str(number) for number in sys.version_info[:3])
    yield u"Python", u"%s %s" % (platform.python_implementation(), version)
    if sys.platform.startswith("java"):
        from java.lang import System

        yield u"Java", u"%s" % System.getProperty("java.version")


PAGE = u"""<section class="hero">
<div>
<h1>Isthmus</h1>
<p>A land bridge: Python web applications on one shore, a Java servlet
container on the other.</p>
<p>Each page here is a small WSGI program, as PEP&nbsp;3333 and Mark Rees&rsquo;s
paper &ldquo;WSGI: Gateway or Glue?&rdquo; (2005) describe them. Each shows what it
does, and the source that does it.</p>
<dl class="facts">{facts}</dl>
</div>
<img src="{root}/static/isthmus.svg" width="480" height="300"
alt="Two shores, joined by an isthmus that requests cross">
</section>
<section aria-labelledby="programs">
<h2 id="programs">The programs</h2>
<ul class="cards">{cards}</ul>
<p>And the smallest of all, without a frame:
<a href="{root}/hello">Hello, world!</a> Another one has the paper&rsquo;s five layers
of middleware around it: <a href="{root}/layers/">visits</a>.</p>
</section>
<section aria-labelledby="way">
<h2 id="way">The way of a request</h2>
<ol class="way">
<li><b>The container</b> accepts the connection, checks who may pass, and picks a
servlet by the URL.</li>
<li><b>WsgiServlet</b> turns the request into <code>environ</code>, octet for
octet.</li>
<li><b>The program</b> is called:
<code>application(environ, start_response)</code>.</li>
<li><b>Its blocks</b> go out one by one, and <code>close()</code> ends it, whatever has
happened.</li>
</ol>
</section>
"""

CARD = u"""<li><a href="{root}/{name}/"><h3>{title}</h3><p>{teaser}</p></a></li>
"""

FACT = u"<div><dt>{}</dt><dd>{}</dd></div>\n"

"""The page for a URL that leads nowhere."""
import urls
from markup import escape


def application(environ, start_response):
    html = PAGE.format(root=escape(urls.root(environ)))
    start_response("404 Not Found", [("Content-Type", "text/html; charset=utf-8")])
    return [html.encode("utf-8")]


PAGE = u"""<section class="lost">
<h1>Open water</h1>
<p>404: nothing is mapped to this URL.</p>
<p><a class="button" href="{root}/">Back to the shore</a></p>
</section>
"""

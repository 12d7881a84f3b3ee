"""The page behind the middleware, and what is shown to those who may not see it."""
import urls
from markup import escape, readable


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [_page(WELCOME, environ)]


def refusal(environ):
    """Return the page for a user whom the container knows and the list does not."""
    return _page(REFUSED if environ.get("REMOTE_USER") else UNKNOWN, environ)


def _page(template, environ):
    html = template.format(
        user=escape(readable(environ.get("REMOTE_USER", ""))),
        method=escape(readable(environ.get("AUTH_TYPE", "none"))),
        root=escape(urls.root(environ)),
    )
    return html.encode("utf-8")


LOGOUT = u"""<form action="{root}/logout" method="post">
<button>Log out</button>
</form>
"""

WELCOME = (
    u"""<p class="greeting">Welcome, <strong>{user}</strong>.</p>
<p>The container has checked your password (<code>AUTH_TYPE</code> is
<code>{method}</code>), and the middleware has found you on its list.</p>
"""
    + LOGOUT
)

REFUSED = (
    u"""<p class="greeting refused">403: not for you, <strong>{user}</strong>.</p>
<p>The container has checked your password (<code>AUTH_TYPE</code> is
<code>{method}</code>), but you are not on the middleware's list.</p>
"""
    + LOGOUT
)

UNKNOWN = u"""<p class="greeting refused">403: nobody has logged in.</p>
<p>No container has asked for a password on the way here.</p>
"""

"""The container wants to know, and this is its form.

``web.xml`` names this program as the page to be shown before a protected one. The form
goes to ``j_security_check``, which is the container's and not ours (Servlet 5.0,
13.6.3): no Python program ever sees the password. It leads on to the page that was
asked for; where nobody has asked for one it would lead nowhere (Tomcat answers 408), so
there is no form then. Tomcat forwards to this page; Jetty redirects, and has a session.

In development, by ``mvn jetty:run``, there are two users with the role ``member`` and
the password ``secret``: ``alice`` is on the middleware's list, ``mallory`` is not. In
your own Tomcat, add them to ``conf/tomcat-users.xml``; in your own Jetty, to a login
service whose name is ``isthmus``.
"""
import urls
from markup import escape


def application(environ, start_response):
    has_failed = environ.get("PATH_INFO") == "/failed"
    html = (FORM if _is_asked(environ) else NOT_ASKED).format(
        root=escape(urls.root(environ)), message=FAILED if has_failed else u""
    )
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [html.encode("utf-8")]


def _is_asked(environ):
    """Tell whether the container wants a login."""
    request = environ.get("isthmus.request")
    if request is None:
        return True  # another server's, which has no login of its own
    if environ.get("REMOTE_USER"):
        return False
    forwarded = str(request.getDispatcherType()) == "FORWARD"
    return forwarded or request.getSession(False) is not None


FAILED = u"""<p class="notice" role="alert">The container knows no such user with this
password.</p>
"""

NOT_ASKED = u"""<p class="notice">The container asks for a login when it needs one, and
goes on to the page that was asked for: <a href="{root}/members/">the members' page</a>
is one. It knows you by a cookie.</p>
"""

FORM = u"""{message}<form class="login" action="{root}/j_security_check" method="post">
<label>User <input name="j_username" autocomplete="username" required></label>
<label>Password <input name="j_password" type="password" required
autocomplete="current-password"></label>
<button>Log in</button>
</form>
<h2>The users, for Tomcat</h2>
<pre tabindex="0" role="region" aria-label="tomcat-users.xml">
<code>&lt;role rolename="member"/&gt;
&lt;user username="alice" password="secret" roles="member"/&gt;
&lt;user username="mallory" password="secret" roles="member"/&gt;</code></pre>
"""

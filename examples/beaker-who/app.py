"""A counter with Beaker's sessions around it, and a page for those repoze.who knows."""

import os
import tempfile
from xml.sax.saxutils import escape

from beaker.cache import CacheManager
from beaker.middleware import SessionMiddleware
from repoze.who.api import get_api
from repoze.who.classifiers import default_challenge_decider, default_request_classifier
from repoze.who.middleware import PluggableAuthenticationMiddleware
from repoze.who.plugins.auth_tkt import AuthTktCookiePlugin
from repoze.who.plugins.basicauth import BasicAuthPlugin
from repoze.who.plugins.htpasswd import HTPasswdPlugin, sha1_check
from webob import Request
from webtest import lint

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = tempfile.mkdtemp(prefix="beaker")
# Of a real application, from a <context-param> or the environment: never in the source.
SECRET = "only an example, and no secret"
PAGE = u"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>%(title)s</title>
<h1>%(title)s</h1>
<p id="text">%(text)s</p>
%(form)s
"""
ANSWER = u'<form method="post"><button>Come again</button></form>'
LOGIN = u"""<form method="post">
  <label>Name <input name="login" autocomplete="username"></label>
  <label>Password
    <input name="password" type="password" autocomplete="current-password"></label>
  <button>Log in</button>
</form>"""


def answer(start_response, title, text, form=u"", status="200 OK", headers=()):
    page = PAGE % {"title": title, "text": escape(text), "form": form}
    body = page.encode("utf-8")
    head = [("Content-Type", "text/html; charset=utf-8")]
    head += [("Content-Length", str(len(body)))]
    start_response(status, head + list(headers))
    return [body]


def counter(environ, start_response):
    session = environ["beaker.session"]
    if environ["REQUEST_METHOD"] == "POST":
        session["visits"] = session.get("visits", 0) + 1
        # Beaker's cookie would be of the whole host, and so of its other applications.
        session.path = environ["SCRIPT_NAME"]
        session.save()
    text = u"You were here %d times." % session.get("visits", 0)
    return answer(start_response, u"Visits", text, ANSWER)


def sessions(kind, **options):
    options.update(type=kind, key="visits-" + kind, httponly=True, samesite="Lax")
    options = dict(("session." + name, options[name]) for name in options)
    return SessionMiddleware(counter, options)


COUNTERS = {
    "/memory": sessions("memory"),
    "/file": sessions("file", data_dir=DATA),
    "/dbm": sessions("dbm", data_dir=DATA),
    # Encrypted by javax.crypto: Beaker knows Jython.
    "/cookie": sessions("cookie", validate_key=SECRET, encrypt_key=SECRET),
}
caches = CacheManager(type="memory")
made = []


@caches.cache("greeting", expire=3600)
def greeting(name):
    made.append(name)
    return u"Hello, %s, for the %d. time made." % (name, len(made))


def cached(environ, start_response):
    name = Request(environ).GET.get("name", u"you")
    return answer(start_response, u"Cache", greeting(name))


def members(environ, start_response):
    if "REMOTE_USER" not in environ:
        return answer(start_response, u"Who?", u"Log in.", status="401 Unauthorized")
    text = u"Hello, %(REMOTE_USER)s." % environ
    return answer(start_response, u"Members", text)


def login(environ, start_response):
    text, headers = u"", []
    if environ["REQUEST_METHOD"] == "POST":
        who = dict(Request(environ).POST)
        identity, headers = get_api(environ).login(who)
        text = u"You are known." if identity else u"Wrong name or password."
    return answer(start_response, u"Log in", text, LOGIN, headers=headers or [])


def front(environ, start_response):
    path = environ["PATH_INFO"]
    if path in COUNTERS:
        environ["SCRIPT_NAME"] += path
        environ["PATH_INFO"] = ""
        return COUNTERS[path](environ, start_response)
    pages = {"/": cached, "/members": members, "/login": login}
    if path in pages:
        return pages[path](environ, start_response)
    return answer(start_response, u"Nothing", u"", status="404 Not Found")


tickets = AuthTktCookiePlugin(SECRET, "ticket", digest_algo="sha512", samesite="Lax")
basic = BasicAuthPlugin("members")
people = HTPasswdPlugin(os.path.join(HERE, "people.htpasswd"), sha1_check)
# Not further in: repoze.who puts a list into environ, REMOTE_USER_TOKENS, and PEP 3333
# has strings there.
application = lint.middleware(
    PluggableAuthenticationMiddleware(
        front,
        identifiers=[("tickets", tickets), ("basic", basic)],
        authenticators=[("tickets", tickets), ("people", people)],
        challengers=[("basic", basic)],
        mdproviders=[],
        classifier=default_request_classifier,
        challenge_decider=default_challenge_decider,
    )
)

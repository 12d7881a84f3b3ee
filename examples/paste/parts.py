"""The applications of site.ini: each does one thing and knows none of the others."""

import tempfile

from paste import httpexceptions
from paste.request import construct_url, parse_formvars
from paste.session import SessionMiddleware

PAGE = u"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>%s</title>
<h1>%s</h1>
<p id="text">%s</p>
"""
FORM = u"""<form method="post"><button>Come again</button></form>
"""


def _answer(start_response, title, text, more=u""):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [(PAGE % (title, title, text) + more).encode("utf-8")]


def make_page(global_conf, text):
    def page(environ, start_response):
        if environ["PATH_INFO"] not in ("", "/"):
            missing = httpexceptions.HTTPNotFound()
            return missing.wsgi_application(environ, start_response)
        return _answer(start_response, global_conf["title"], text)

    return page


def make_sessions(app, global_conf):
    # A directory of this application's own, for sessions are files in it.
    return SessionMiddleware(app, session_file_path=tempfile.mkdtemp(prefix="paste"))


def make_counter(global_conf):
    def counter(environ, start_response):
        session = environ["paste.session.factory"]()
        if environ["REQUEST_METHOD"] == "POST":
            parse_formvars(environ)
            session["visits"] = session.get("visits", 0) + 1
        text = u"You were here %d times." % session.get("visits", 0)
        return _answer(start_response, u"Visits", text, FORM)

    return counter


def may_enter(environ, name, password):
    # Of a real application, from a file or a directory of people: never in the source.
    return (name, password) == ("alice", "only an example")


def make_greeting(global_conf):
    def greeting(environ, start_response):
        return _answer(start_response, u"Members", u"Hello, %(REMOTE_USER)s." % environ)

    return greeting


def make_mover(global_conf):
    def mover(environ, start_response):
        if environ["PATH_INFO"] == "/here":
            there = construct_url(environ, path_info="/there", with_query_string=False)
            raise httpexceptions.HTTPFound(there)
        if environ["PATH_INFO"] == "/there":
            return _answer(start_response, u"There", u"You have come there.")
        raise httpexceptions.HTTPNotFound(u"Neither here nor there.")

    return mover


def make_bare(app, global_conf):
    def bare(environ, start_response):
        # The debugger's page shows environ. What Jython says of objects of Java's is
        # unicode, and so would be the page.
        for key in ("isthmus.context", "isthmus.request", "isthmus.response"):
            environ.pop(key, None)
        return app(environ, start_response)

    return bare


def make_failing(global_conf):
    def failing(environ, start_response):
        secret = "not for strangers"
        raise ValueError("told to fail, with %d letters" % len(secret))

    return failing

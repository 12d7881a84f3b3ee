"""A quiz in WSGIUtils: a form, a session in a file, a signed cookie, a login."""

import cgi
import logging
import os
import tempfile

from wsgiutils import SessionClient, wsgiAdaptor

# At INFO it writes the passwords of Basic authentication into the log.
logging.getLogger("wsgiAdaptor").setLevel(logging.WARNING)

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Quiz</title>
<h1>What year is PEP 333 of?</h1>
<form method="post" action="%s/answer">
  <label>Your answer <input name="year"></label>
  <button>Answer</button>
</form>
<p id="told">%s</p>
"""


class Quiz(object):
    def requestHandler(self, request):
        path = request.getRelativePath()
        if path in ("", "/"):
            self.ask(request)
        elif path == "/answer":
            self.judge(request)
        elif path == "/solution":
            self.reveal(request)
        elif path == "/broken":
            raise ValueError("told to fail")
        else:
            request.sendResponse("404 Not Found", "There is only one question.\n")

    def ask(self, request):
        session = request.getSession()
        summary = ""
        if "answers" in session:
            last = cgi.escape(session["answers"][-1], True)
            summary = "%d answers, the last one %s." % (len(session["answers"]), last)
        page = PAGE % (request.getURLPrefix(), summary)
        request.sendContent(page, "text/html; charset=utf-8")

    def judge(self, request):
        answer = request.getFormFields().getfirst("year", "")
        session = request.getSession()
        session["answers"] = session.get("answers", []) + [answer]
        request.sendSeeOtherRedirect(request.getURLPrefix() + "/")

    def reveal(self, request):
        # Of a real application, from a file or a directory of people.
        known = ("jury", "only an example")
        if (request.getUsername(), request.getPassword()) == known:
            request.sendContent("2003\n", "text/plain")
        else:
            request.sendUnauthorisedBasic("jury")


sessions = SessionClient.LocalSessionClient(
    os.path.join(tempfile.mkdtemp(prefix="quiz"), "sessions"), "quiz"
)
# Of a real application, from a <context-param> or the environment.
application = wsgiAdaptor.wsgiAdaptor(Quiz(), "only an example", sessions).wsgiHook

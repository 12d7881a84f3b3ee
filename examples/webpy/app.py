"""A survey in web.py: classes as pages, a form, a template, a cookie and an upload."""

import json
import os

import web

HERE = os.path.dirname(os.path.abspath(__file__))
# True unless it is set: strangers see tracebacks, and files are looked at for changes.
web.config.debug = False

urls = (
    "/", "Survey",
    "/answers/(.+)", "Answer",
    "/measure", "Measure",
    "/count", "Count",
    "/share/([0-9]+)", "Share",
)  # fmt: skip
render = web.template.render(os.path.join(HERE, "templates"))
question = web.form.Form(
    web.form.Textbox("name", web.form.notnull, description="Your name"),
    web.form.Dropdown("colour", ["red", "green", "blue"], description="Colour"),
    web.form.Button("Answer"),
)
# In memory: all threads of the container share it, and it is gone at the next start.
answers = {}


def as_json(value):
    web.header("Content-Type", "application/json")
    return json.dumps(value)


class Survey(object):
    def GET(self):
        return self.page(question())

    def POST(self):
        form = question()
        if not form.validates():
            return self.page(form)
        answers[form.d.name] = form.d.colour
        web.setcookie("name", form.d.name, httponly=True, samesite="Lax")
        raise web.seeother("/")

    @staticmethod
    def page(form):
        web.header("Content-Type", "text/html; charset=utf-8")
        name = web.cookies().get("name")
        return render.survey(web.ctx.homepath, form, name, sorted(answers))


class Answer(object):
    def GET(self, name):
        # On Python 2, web.py leaves the octets of the path as they are.
        name = web.safeunicode(name)
        if name not in answers:
            raise web.notfound(u"Nobody of that name.\n")
        return as_json({"name": name, "colour": answers[name]})


class Measure(object):
    def POST(self):
        file = web.input(file={}).file
        name = web.safeunicode(file.filename)
        return as_json({"name": name, "bytes": len(file.file.read())})


class Count(object):
    def GET(self):
        web.header("Content-Type", "text/plain")
        for number in range(1, 4):
            yield u"%d\n" % number


class Share(object):
    def GET(self, people):
        """Each one's part; with nobody it fails: a 500, and a traceback in the log."""
        return as_json({"part": 1.0 / int(people)})


application = web.application(urls, globals()).wsgifunc()

"""A shelf of notes in Bottle: forms, a signed cookie, uploads, files and a stream."""

import os

import bottle
from bottle import redirect, request, response, static_file, template

HERE = os.path.dirname(os.path.abspath(__file__))
# Bottle looks for views below the working directory, which is the container's.
bottle.TEMPLATE_PATH.insert(0, os.path.join(HERE, "views"))
# Of a real application, from a <context-param> or the environment: never in the source.
SECRET = "only an example"

app = bottle.Bottle()
# In memory: all threads of the container share it, and it is gone at the next start.
notes = {}


def text(value):
    """The characters of a name: on Python 2, Bottle leaves it in octets."""
    return value.decode("utf-8") if isinstance(value, bytes) else value


def link(note):
    return app.get_url("note", name=bottle.urlquote(note.encode("utf-8")))


@app.get("/", name="shelf")
def shelf():
    name = request.get_cookie("name", secret=SECRET)
    links = [(note, link(note)) for note in sorted(notes)]
    return template("shelf.tpl", name=name, links=links, url=app.get_url)


@app.post("/name", name="name")
def introduce():
    # An attribute of forms is text on every Python, forms["name"] is not.
    name = request.forms.name.strip()
    path = request.script_name or "/"
    response.set_cookie("name", name, secret=SECRET, path=path, httponly=True)
    redirect(app.get_url("shelf"))


@app.post("/notes", name="notes")
def put():
    upload = request.files.get("note")
    if upload is None:
        bottle.abort(400, "There is no note.")
    notes[text(upload.raw_filename)] = upload.file.read()
    redirect(app.get_url("shelf"))


@app.get("/notes/<name>", name="note")
def read(name):
    if text(name) not in notes:
        bottle.abort(404, "There is no such note.")
    response.content_type = "application/octet-stream"
    return notes[text(name)]


@app.delete("/notes/<name>")
def remove(name):
    notes.pop(text(name), None)
    response.status = 204


@app.get("/notes.json")
def sizes():
    return {name: len(content) for name, content in notes.items()}


@app.get("/count/<last:int>")
def count(last):
    response.content_type = "text/plain"
    for number in range(last):
        yield u"%d\n" % (number + 1)


@app.get("/share/<people:int>")
def share(people):
    """Each one's part; with nobody it fails, and what fails is in the log."""
    return {"part": 1.0 / people}


@app.get("/static/<path:path>", name="static")
def static(path):
    return static_file(path, root=os.path.join(HERE, "static"))


@app.error(404)
def missing(error):
    response.content_type = "text/plain; charset=utf-8"
    return u"Not on this shelf: %s\n" % text(error.body)

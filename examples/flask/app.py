"""A guest book in Flask: a form, a cookie, a template, an upload and a stream."""

import io

from flask import (
    Flask,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface


class BelowTheContextPath(SecureCookieSessionInterface):
    """Flask's cookie would be of the whole host, and so of its other applications."""

    def get_cookie_path(self, app):
        return request.script_root or "/"


app = Flask(__name__)
app.session_interface = BelowTheContextPath()
# Of a real application, from a <context-param> or the environment: never in the source.
app.config.update(SECRET_KEY=b"only an example", SESSION_COOKIE_SAMESITE="Lax")
# In memory: all threads of the container share it, and it is gone at the next start.
entries = []


@app.route("/")
def book():
    return render_template("book.html", entries=entries)


@app.route("/sign", methods=["POST"])
def sign():
    name = request.form["name"].strip()
    if not name:
        flash("Who are you?")
    else:
        entries.append(name)
        session["name"] = name
    return redirect(url_for("book"))


@app.route("/people/<name>")
def person(name):
    if name not in entries:
        return Response("Nobody of that name.\n", 404, mimetype="text/plain")
    return {"name": name, "signed": entries.count(name)}


@app.route("/measure", methods=["POST"])
def measure():
    upload = request.files["file"]
    return {"name": upload.filename, "bytes": len(upload.read())}


@app.route("/entries.csv")
def exported():
    text = u"".join(u'"%s"\r\n' % name.replace(u'"', u'""') for name in entries)
    data = io.BytesIO(text.encode("utf-8"))
    # Flask 1.1 has `attachment_filename`, Flask 2 `download_name`: so, it runs on both.
    response = send_file(data, mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=entries.csv"
    return response


@app.route("/count")
def count():
    return Response((u"%d\n" % number for number in range(1, 4)), mimetype="text/plain")


@app.route("/share/<int:people>")
def share(people):
    """Each one's part; with nobody it fails: a 500, and a traceback in the log."""
    return {"part": 1.0 / people}

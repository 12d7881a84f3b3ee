"""Flask with a template and a static file."""

from flask import Flask, render_template

app = Flask("shop")


@app.route("/")
def page():
    """Answer with a template's page."""
    return render_template("page.html", name="flask")

"""Flask: a route that answers thirteen bytes, and one with a template of ten rows."""

from flask import Flask, render_template

application = Flask(__name__)

ROWS = [
    {"number": number, "name": "Row <%d>" % number, "price": number * 1.25}
    for number in range(10)
]


@application.route("/hello")
def hello():
    return "Hello, world!"


@application.route("/template")
def template():
    return render_template("rows.html", title="Ten rows", rows=ROWS)

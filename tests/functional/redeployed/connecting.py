"""Connects to a database by the driver in WEB-INF/lib."""

from isthmus import db


def use(environ, start_response):
    with db.connect("jdbc:h2:mem:again") as connection:
        (answer,) = connection.cursor().execute("select 6 * 7").fetchone()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [str(answer)]

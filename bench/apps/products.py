"""Products: one indexed SELECT through isthmus.db, in a transaction of its own."""

from isthmus import db

QUERY = "select name, price from product where id = ?"


def application(environ, start_response):
    with db.connect("jdbc/bench") as connection:
        cursor = connection.cursor()
        cursor.execute(QUERY, (int(environ["QUERY_STRING"]),))
        name, price = cursor.fetchone()
    body = ("%s costs %s" % (name, price)).encode("utf-8")
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]

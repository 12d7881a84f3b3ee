"""Greets whoever is named in the path, or has logged in."""

import os

HERE = os.path.dirname(os.path.abspath(__file__))


def application(environ, start_response):
    """Answer a request."""
    with open(os.path.join(HERE, "page.html")) as page:
        template = page.read()
    name = environ["PATH_INFO"].strip("/") or environ.get("REMOTE_USER", "world")
    name = name.replace("&", "&amp;").replace("<", "&lt;")
    body = template % {"greeting": environ["greeter.greeting"], "name": name}
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    # Bytes: Jython's str is bytes already, and a template in latin-1 stays as it is.
    return [body if isinstance(body, bytes) else body.encode("utf-8")]

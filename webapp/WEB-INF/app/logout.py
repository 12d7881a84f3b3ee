"""Ends the session that the container keeps, by the servlet request itself."""
import urls


def application(environ, start_response):
    if environ["REQUEST_METHOD"] != "POST":
        # A link or a prefetch must not log anybody out.
        headers = [("Content-Type", "text/plain"), ("Allow", "POST")]
        start_response("405 Method Not Allowed", headers)
        return [b"Logging out takes a POST.\n"]
    request = environ.get("isthmus.request")
    if request is not None:
        session = request.getSession(False)
        if session is not None:
            session.invalidate()
    location = urls.above(environ, 1) + "/"
    headers = [("Content-Type", "text/plain"), ("Location", location)]
    start_response("303 See Other", headers)
    return [b"Logged out.\n"]

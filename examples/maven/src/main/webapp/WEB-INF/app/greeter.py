"""The application: it greets."""


def application(environ, start_response):
    """Greet whoever asks, from wherever the container has mounted it."""
    body = ("Hello from %s\n" % environ["SCRIPT_NAME"]).encode("latin-1")
    headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]

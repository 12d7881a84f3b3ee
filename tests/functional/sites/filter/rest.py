"""What the filter leaves to Python: answers with method and path, and a cookie."""


def application(environ, start_response):
    headers = [("Content-Type", "text/plain"), ("Set-Cookie", "python=set")]
    start_response("200 OK", headers)
    names = ("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO")
    text = "python: " + " ".join(environ[name] for name in names)
    return [text if str is bytes else text.encode("latin-1")]

"""What the container has nothing for: the front page and, beyond it, open water."""


class Rest(object):
    """Answers for a filter, which is asked when no file and no servlet is there.

    :param front: the application for the web application's own URL.
    :param not_found: the application for all others.
    """

    def __init__(self, front, not_found):
        self.front = front
        self.not_found = not_found

    def __call__(self, environ, start_response):
        is_front = environ.get("PATH_INFO", "") in ("", "/")
        application = self.front if is_front else self.not_found
        return application(environ, start_response)

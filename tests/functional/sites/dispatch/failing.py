"""Raises: what the client then sees is the web application's own error page."""


def application(environ, start_response):
    raise ValueError("told to fail")

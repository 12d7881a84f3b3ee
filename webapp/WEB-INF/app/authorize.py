"""A middleware with a list: who is not on it gets 403.

The container asks for the password: ``web.xml`` protects ``/members/*``, and Tomcat's
users or Jetty's realm say who somebody is. The middleware finds the name in
``REMOTE_USER``, which no client can set, and decides what that somebody may see. It is
an application to the server and a server to the application that it guards.
"""
import members


class Authorize(object):
    """Lets only some users through to an application.

    :param application: what is guarded.
    :param allowed: the names of the users who may see it.
    """

    def __init__(self, application, allowed):
        self.application = application
        self.allowed = frozenset(allowed)

    def __call__(self, environ, start_response):
        if environ.get("REMOTE_USER") in self.allowed:
            return self.application(environ, start_response)
        start_response("403 Forbidden", [("Content-Type", "text/html; charset=utf-8")])
        return [members.refusal(environ)]

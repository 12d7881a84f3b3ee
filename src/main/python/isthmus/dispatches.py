"""``isthmus.forward`` and ``isthmus.include`` in environ: JSPs, servlets and files."""

from __future__ import absolute_import

from isthmus import rules


class Forward(object):
    """Lets a JSP or servlet answer the request, once the application has returned.

    :param call: calls a service of the container by name.
    """

    __slots__ = ("_call",)

    def __init__(self, call):
        self._call = call

    def __call__(self, path, attributes=None):
        """Forward the request; return an empty body, for the application to return.

        Status and headers that the application has given to ``start_response`` stay,
        unless the target sets its own, but for Content-Length. It need not call
        ``start_response``. What it sends from now on is dropped.

        :param path: in the web application, from its slash; with ``?`` and a query, if
            need be. Percent-encoded, as in a link.
        :param attributes: attributes of the request, for a JSP to show: a dict with
            values that ``isthmus.session`` takes, too.
        :raises RuntimeError: after the head of the response (IS0508), after the request
            has ended (IS0504), in another thread (IS0507).
        :raises ValueError: for a path without a slash (IS0509).
        :raises TypeError: for other values (IS0500), or attributes that are no dict
            (IS0519).
        """
        self._call("dispatch.forward", *_checked("forward", path, attributes))
        return []

    def __repr__(self):
        return "<isthmus.forward>"


class Include(object):
    """Gets the body that a JSP, servlet or file has for this request.

    :param call: calls a service of the container by name.
    """

    __slots__ = ("_call",)

    def __init__(self, call):
        self._call = call

    def __call__(self, path, attributes=None):
        """Return the body as bytes. Text that a JSP or servlet has written is UTF-8.

        Status and headers of the target have no effect.

        :param path: as for ``isthmus.forward``.
        :param attributes: the same, for this target alone.
        :raises RuntimeError: if the target fails, or there is none (IS0506); after the
            request has ended (IS0504), in another thread (IS0507).
        :raises ValueError: for a path without a slash (IS0509).
        :raises TypeError: for other values (IS0500), or attributes that are no dict
            (IS0519).
        """
        return self._call("dispatch.include", *_checked("include", path, attributes))

    def __repr__(self):
        return "<isthmus.include>"


def _checked(name, path, attributes):
    """Return the path and a dict of the attributes."""
    if isinstance(path, bytes):
        path = path.decode("latin-1")  # Python 2's str, too
    if not isinstance(path, (str, type(u""))):
        got = "something of type " + type(path).__name__
        raise rules.refused("DISPATCH_PATH", ValueError, got)
    try:
        return path, dict(attributes or {})
    except (TypeError, ValueError):
        allowed = "The attributes for isthmus.%s are a dict" % name
        got = "something of type " + type(attributes).__name__
        raise rules.refused("SERVICE_ARGUMENT", TypeError, allowed, got)

"""The arguments of isthmus.db.connect, from Django's settings."""

from __future__ import absolute_import

from django.core.exceptions import ImproperlyConfigured


def params(settings):
    """The arguments, by name.

    :param settings: one of DATABASES; ``NAME`` is a JNDI name or a JDBC URL.
    """
    name = settings["NAME"]
    if not name:
        raise ImproperlyConfigured(
            "DATABASES needs NAME: the name of a data source, such as jdbc/app, or a"
            " URL that begins with jdbc:."
        )
    return {
        "source": name,
        "user": settings["USER"] or None,
        "password": settings["PASSWORD"] or None,
        # Django keeps it for further requests then.
        "outlives_request": settings["CONN_MAX_AGE"] != 0,
    }

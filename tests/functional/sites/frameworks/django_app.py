"""Django with its session in the container's: the path says what to do with it."""

from datetime import timedelta

import django
import elsewhere
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.utils import timezone

try:
    from django.urls import re_path
except ImportError:  # Django 1
    from django.conf.urls import url as re_path

settings.configure(
    ALLOWED_HOSTS=["*"],
    LOGGING_CONFIG=None,
    MIDDLEWARE=["isthmus.sessions.django.SessionMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only a test",
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    USE_I18N=False,
    USE_TZ=True,
)
django.setup()


def _count(session):
    session["n"] = session.get("n", 0) + 1
    return session["n"]


def _change(session):
    session.setdefault("cart", []).append(1)
    session.modified = True
    return session["cart"]


def _change_unmarked(session):
    session["cart"].append(2)
    return session["cart"]


def _delete(session):
    del session["n"]
    return ["n" in session, len(session.keys()), session.pop("n", None)]


def _login(session):
    session.cycle_key()
    session["user"] = u"jos\u00e9"


def _switch(session):
    session.flush()
    session["user"] = "bob"


def _refuse(session):
    session["cart"] = object()


def _create(session):
    session.create()
    return [bool(session.session_key), session.is_empty(), dict(session.items())]


def _engine(session):
    """Make a session as Django's own middleware would of SESSION_ENGINE."""
    from isthmus.sessions.django import SessionStore

    try:
        SessionStore("an identifier")
    except ImproperlyConfigured as e:
        return str(e)


def _clear(session):
    session.clear()


WAYS = {
    "unused": lambda session: None,
    "look": lambda session: dict(session.items()),
    "count": _count,
    "change": _change,
    "change_unmarked": _change_unmarked,
    "delete": _delete,
    "login": _login,
    "logout": lambda session: session.flush(),
    "switch": _switch,
    "age": lambda session: session.set_expiry(77),
    "age_number": lambda session: session.set_expiry(10**11),
    "age_delta": lambda session: session.set_expiry(timedelta(days=36500)),
    "refuse": _refuse,
    "create": _create,
    "clear": _clear,
    "engine": _engine,
}


def _end(container):
    container["_session_expiry"] = timezone.now() - timedelta(seconds=1)


# What is done past Django's session.
CONTAINER_WAYS = {"max_age": lambda container: container.max_age, "end": _end}


def view(request, way):
    if way in CONTAINER_WAYS:
        found = CONTAINER_WAYS[way](request.META["isthmus.session"])
    else:
        found = WAYS[way](request.session)
    return JsonResponse(found, safe=False)


urlpatterns = [re_path("^([a-z_]+)$", view)]
application = elsewhere.also(get_wsgi_application())

"""Pyramid with its session in the container's: the path says what to do with it."""

from pyramid.config import Configurator
from pyramid.session import SignedCookieSessionFactory

from isthmus.sessions.pyramid import ContainerSessionFactory


def _count(session):
    session["n"] = session.get("n", 0) + 1
    return session["n"]


def _change(session):
    session.setdefault("cart", []).append(1)
    session.changed()
    return session["cart"]


def _delete(session):
    del session["n"]
    return ["n" in session, len(session), session.pop("n", None)]


def _login(session):
    session.rotate()
    session["user"] = u"jos\u00e9"


def _refuse(session):
    try:
        session["cart"] = object()
    except TypeError as e:
        return [str(e).partition(":")[0], session.new]


def _flash(session):
    for message in (u"Gespeichert f\u00fcr dich", "b", "b"):
        session.flash(message, "q", allow_duplicate=False)
    return session.peek_flash("q")


def _token(session):
    return [session.get_csrf_token() == session.get_csrf_token(), session.new]


def _new_token(session):
    return session.get_csrf_token() != session.new_csrf_token()


WAYS = {
    "unused": lambda session: None,
    "look": dict,
    "count": _count,
    "change": _change,
    "delete": _delete,
    "login": _login,
    "logout": lambda session: session.invalidate(),
    "refuse": _refuse,
    "flash": _flash,
    "flashed": lambda session: session.pop_flash("q"),
    "token": _token,
    "new_token": _new_token,
}


def _view(request):
    if request.query_string == "elsewhere":
        del request.environ["isthmus.session"]
    way = request.matchdict["way"]
    return WAYS[way](request.session) if way else None


def main(global_config, **settings):
    """Return the application; Paste Deploy calls this, as production.ini says."""
    elsewhere = SignedCookieSessionFactory("only a test")
    factory = ContainerSessionFactory(elsewhere)
    with Configurator(settings=settings, session_factory=factory) as config:
        config.add_route("way", "/{way:.*}")
        config.add_view(_view, route_name="way", renderer="json")
        return config.make_wsgi_app()

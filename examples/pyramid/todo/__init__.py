"""A to-do list in Pyramid."""

from pyramid.config import Configurator
from pyramid.session import SignedCookieSessionFactory


def main(global_config, **settings):
    """Return the application; Paste Deploy calls this, as production.ini says."""
    # The cookie is of the whole host: a name of its own keeps web applications apart.
    session = SignedCookieSessionFactory(
        settings["todo.secret"], cookie_name="todo", httponly=True
    )
    with Configurator(settings=settings, session_factory=session) as config:
        config.set_default_csrf_options(require_csrf=True)
        config.add_static_view("static", "todo:static", cache_max_age=3600)
        config.add_route("tasks", "/")
        config.add_route("task", "/tasks/{name}")
        config.add_route("upload", "/upload")
        config.add_route("manual", "/manual.txt")
        config.add_route("count", r"/count/{last:\d+}")
        config.add_route("share", r"/share/{people:\d+}")
        config.scan()
        return config.make_wsgi_app()

"""Django with a template of an application, a filter of its own, and a static file."""

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

settings.configure(
    INSTALLED_APPS=["shop", "django.contrib.staticfiles"],
    STATIC_URL="/static/",
    TEMPLATES=[
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
    ],
)
django.setup()


def app(environ, start_response):
    """Answer with a template's page, or a static file."""
    start_response("200 OK", [("Content-Type", "text/html")])
    if environ["PATH_INFO"].startswith("/static/"):
        with open(finders.find("style.css")) as found:
            return [found.read()]
    return [render_to_string("django.html", {"name": "django"}).encode("utf-8")]

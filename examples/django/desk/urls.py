"""Which view answers which path."""

from django.conf.urls import include, url
from django.contrib import admin
from django.contrib.staticfiles.views import serve

from desk import views

urlpatterns = [
    url(r"^$", views.desk, name="desk"),
    url(r"^from/(?P<name>[^/]+)$", views.sender, name="sender"),
    url(r"^enquiries\.csv$", views.exported, name="exported"),
    url(r"^share/(?P<people>[0-9]+)$", views.share),
    url(r"^forget$", views.forget, name="forget"),
    url(r"^i18n/", include("django.conf.urls.i18n")),
    url(r"^admin/", admin.site.urls),
    # Of the project and of django.contrib, as they lie there, `insecure` to Django
    # because it is slow. Or else `collectstatic`, and `static` in pyproject.toml.
    url(r"^static/(?P<path>.+)$", serve, {"insecure": True}),
]

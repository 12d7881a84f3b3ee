"""Django that takes its users from the container's login: docs/login.md."""

import os

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse

try:
    from django.urls import re_path
except ImportError:  # Django 1
    from django.conf.urls import url as re_path

HERE = os.path.dirname(os.path.abspath(__file__))
# begin: settings
MIDDLEWARE = [
    "isthmus.sessions.django.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.RemoteUserMiddleware",
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.RemoteUserBackend"]
# end: settings
DATABASE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": os.path.join(HERE, "users.db"),
}
if os.name == "java":
    DATABASE = {
        "ENGINE": "isthmus.django.sqlite3",
        "NAME": "jdbc:sqlite:" + DATABASE["NAME"],
    }

settings.configure(
    ALLOWED_HOSTS=["*"],
    AUTHENTICATION_BACKENDS=AUTHENTICATION_BACKENDS,
    DATABASES={"default": DATABASE},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    LOGGING_CONFIG=None,
    MIDDLEWARE=MIDDLEWARE,
    ROOT_URLCONF=__name__,
    SECRET_KEY="only a test",
    USE_I18N=False,
    USE_TZ=True,
)
django.setup()
call_command("migrate", verbosity=0)


def who(request):
    user = request.user
    return JsonResponse([user.get_username(), user.is_authenticated], safe=False)


def keys(request):
    return JsonResponse(sorted(request.META["isthmus.session"]), safe=False)


urlpatterns = [re_path("^(?:in/)?who$", who), re_path("^in/keys$", keys)]
application = get_wsgi_application()

"""Django's settings, with databases by JDBC: docs/data.md."""

import os

from java.lang import System

SECRET_KEY = "only a test"
ALLOWED_HOSTS = ["*"]
TEMPORARY = System.getProperty("java.io.tmpdir")
ARCHIVE = os.path.join(TEMPORARY, "django-databases.sqlite3")
# begin: databases
DATABASES = {
    "default": {"ENGINE": "isthmus.django.postgresql", "NAME": "jdbc/app"},
    "sqlite": {"ENGINE": "isthmus.django.sqlite3", "NAME": "jdbc:sqlite:" + ARCHIVE},
}
# end: databases
DATABASE_ROUTERS = ["shop.current.Router"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "shop",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
# The others take Jython seconds.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING_CONFIG = None
ROOT_URLCONF = "urls"
STATIC_URL = "/static/"
TIME_ZONE = "Europe/Berlin"
USE_I18N = False
USE_TZ = True

"""Django's settings: what an operator decides comes from the environment."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
# What a redeployment must not delete: docs/settings.md#isthmusdata_dir.
DATA = Path(os.environ.get("ISTHMUS_DATA_DIR", BASE_DIR))

# Of a real application, never in the source.
SECRET_KEY = os.environ.get("SECRET_KEY", "only an example")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1 localhost").split()

ROOT_URLCONF = "library.urls"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "books",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
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
# Cookies are of the whole host: these names are of this application alone.
SESSION_COOKIE_NAME = "library_session"
CSRF_COOKIE_NAME = "library_csrf"

if "PGDATABASE" in os.environ:
    # libpq itself reads PGHOST, PGPORT, PGUSER and PGPASSWORD.
    DATABASE = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["PGDATABASE"],
    }
else:
    DATABASE = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "library.sqlite3",
        # Several processes write: each waits for the others.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "library.storage.BelowTheContextPath"},
}
STATIC_ROOT = DATA / "collected"
# WhiteNoise serves each application's files from where they are.
WHITENOISE_USE_FINDERS = True

"""Django's settings, for a project without a database."""

import os

HERE = os.path.dirname(os.path.abspath(__file__))

# Of a real project, from a <context-param> or the environment: never in the source.
SECRET_KEY = "only an example"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "desk.urls"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(HERE, "templates")],
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
# Jython has no sqlite3. What needs no table works: the sessions are in the cookies.
DATABASES = {}
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Django's cookies are of the whole host: names of its own keep web applications apart.
SESSION_COOKIE_NAME = "desk_session"
CSRF_COOKIE_NAME = "desk_csrf"

STATIC_URL = "static/"
STATICFILES_DIRS = [os.path.join(HERE, "static")]
STATICFILES_STORAGE = "desk.storage.BelowTheContextPath"

TIME_ZONE = "UTC"
USE_I18N = USE_L10N = USE_TZ = True
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ja", u"\u65e5\u672c\u8a9e")]

# Django says nothing unless it is told to; the log is the container's.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"django": {"level": "INFO"}},
}

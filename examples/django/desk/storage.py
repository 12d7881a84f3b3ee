"""Where static files are: below the context path, which the container decides."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.urls import get_script_prefix


class BelowTheContextPath(StaticFilesStorage):
    """Puts SCRIPT_NAME before STATIC_URL, as Django does from 3.1 on."""

    def url(self, name):
        return get_script_prefix() + StaticFilesStorage.url(self, name)

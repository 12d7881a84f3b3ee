"""Static files by links that know the context path."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.urls import get_script_prefix


class BelowTheContextPath(StaticFilesStorage):
    """WhiteNoise makes the storage before the first request, which tells the path."""

    @property
    def base_url(self) -> str:
        return get_script_prefix() + "static/"

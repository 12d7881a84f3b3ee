"""The WSGI application of the project, below /default and below /sqlite."""

import os
from wsgiref.util import shift_path_info

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402
from shop import current  # noqa: E402

django = get_wsgi_application()


def application(environ, start_response):
    """The admin of each is whole: users, sessions and permissions are there, too."""
    environ["shop.using"] = shift_path_info(environ)
    current.use(environ["shop.using"])
    return django(environ, start_response)

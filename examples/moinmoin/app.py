"""MoinMoin, made when the first request says where the container has mounted it."""

import threading

from MoinMoin import log

# Before the rest is imported: its log is the container's, and not on a stream alone.
log.configured = True

import wikiconfig  # noqa: E402
from MoinMoin.config import url_prefix_static  # noqa: E402
from MoinMoin.i18n import msgfmt  # noqa: E402
from MoinMoin.web.serving import make_application  # noqa: E402

# MoinMoin reads each string of 42 languages by eval(), a class for each on Jython: the
# first page took minutes. They have no escapes but those of a string of Python's.
msgfmt.eval = lambda quoted: quoted[1:-1].decode("string_escape")

_wiki = make_application(shared=True)
_lock = threading.Lock()


def application(environ, start_response):
    with _lock:
        # The links to style sheets and images have the whole path.
        wikiconfig.Config.url_prefix_static = environ["SCRIPT_NAME"] + url_prefix_static
    return _wiki(environ, start_response)

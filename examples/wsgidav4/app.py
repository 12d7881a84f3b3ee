"""A WebDAV share at /files, by WsgiDAV 4, wherever the web application is mounted."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterable

from wsgidav.wsgidav_app import WsgiDAVApp

DIRECTORY = os.environ.get("ISTHMUS_DATA_DIR") or tempfile.mkdtemp(prefix="wsgidav")
# Of a real application, from a file or a directory of people: never in the source.
PEOPLE = {"alice": {"password": "only an example"}}
CONFIG = {
    "provider_mapping": {"/files": DIRECTORY},
    "simple_dc": {"user_mapping": {"*": PEOPLE}},
    "property_manager": True,
    "lock_storage": True,
    "verbose": 1,
}
# WsgiDAV 4.3 answers LOCK with the former, in which clients do not look for a lock.
TYPES = {"application; charset=utf-8": "application/xml; charset=utf-8"}


class AtItsMountPath:
    """WsgiDAV, made when the first request says where the container has mounted it.

    SCRIPT_NAME alone does not do: the headers Destination and If have whole paths.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[str, WsgiDAVApp] = {}

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        path = environ["SCRIPT_NAME"]
        with self._lock:
            if path not in self._made:
                self._made[path] = WsgiDAVApp({**CONFIG, "mount_path": path or None})

        def started(status: str, headers: list, exc_info=None):
            headers = [(name, TYPES.get(value, value)) for name, value in headers]
            return start_response(status, headers, exc_info)

        return self._made[path](environ, started)


application = AtItsMountPath()

"""A WebDAV share at /files, wherever the web application is mounted."""

import os
import tempfile
import threading

from wsgidav.fs_dav_provider import FilesystemProvider
from wsgidav.wsgidav_app import DEFAULT_CONFIG, WsgiDAVApp

DIRECTORY = os.environ.get("DAV_DIRECTORY") or tempfile.mkdtemp(prefix="wsgidav")
# Of a real application, from a file or a directory of people: never in the source.
PEOPLE = {"alice": {"password": "only an example", "description": "", "roles": []}}
CONFIG = dict(
    DEFAULT_CONFIG,
    user_mapping={"/files": PEOPLE},
    # Properties and locks are in memory, and gone at the next start.
    propsmanager=True,
    locksmanager=True,
    verbose=1,
)


class AtItsMountPath(object):
    """WsgiDAV, made when the first request says where the container has mounted it.

    SCRIPT_NAME alone does not do: the headers Destination and If have whole paths.
    """

    def __init__(self, config):
        self._config = config
        self._lock = threading.Lock()
        self._made = {}

    def __call__(self, environ, start_response):
        return self._at(environ["SCRIPT_NAME"])(environ, start_response)

    def _at(self, mount_path):
        with self._lock:
            if mount_path not in self._made:
                share = {"/files": FilesystemProvider(DIRECTORY)}
                config = dict(
                    self._config, mount_path=mount_path, provider_mapping=share
                )
                self._made[mount_path] = WsgiDAVApp(config)
            return self._made[mount_path]


application = AtItsMountPath(CONFIG)

"""Calendars and address books by Radicale 3, below the context path."""

import os
from pathlib import Path

from radicale import Application, config

HERE = Path(__file__).resolve().parent
# All processes need the same, and a redeployment deletes what is beside this file.
DATA = Path(os.environ.get("ISTHMUS_DATA_DIR", HERE / "instance"))

configuration = config.load()
configuration.update(
    {
        # Of a real application: htpasswd_encryption = bcrypt, or a login of the server.
        "auth": {
            "type": "htpasswd",
            "htpasswd_filename": str(HERE / "people.htpasswd"),
            "htpasswd_encryption": "plain",
            "delay": "0",
        },
        # Files, locked for each other's sake by all processes.
        "storage": {"filesystem_folder": str(DATA)},
        "logging": {"level": "warning"},
    },
    "app.py",
)
application = Application(configuration)

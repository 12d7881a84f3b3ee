"""An index of Python packages by pypiserver 2: pip installs from it, twine uploads."""

import os
from pathlib import Path

import pypiserver

HERE = Path(__file__).resolve().parent
# All processes need the same, and a redeployment deletes what is beside this file.
DATA = Path(os.environ.get("ISTHMUS_DATA_DIR", HERE / "instance"))
DATA.mkdir(parents=True, exist_ok=True)
# Of a real application, from a file or a directory of people: never in the source.
PEOPLE = {"alice": "only an example"}


def may_upload(user, password):
    return user in PEOPLE and PEOPLE[user] == password


application = pypiserver.app(
    roots=[DATA],
    authenticate=["update"],
    auther=may_upload,
    # What it lacks, pip is not sent to another index for.
    disable_fallback=True,
)

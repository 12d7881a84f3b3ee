"""A wiki by MoinMoin 2, made at the first start."""

import fcntl
import os
from pathlib import Path

from flask.ctx import AppContext
from moin import log

# Otherwise MoinMoin configures logging, and away from the container's.
log.configured = True

from moin.app import create_app_ext  # noqa: E402
from moin.cli.maint.modify_item import LoadWelcome  # noqa: E402
from moin.config import AclConfig, IndexStorageConfig  # noqa: E402
from moin.config.wikiconfig import Config as Usual  # noqa: E402
from moin.storage import create_mapping  # noqa: E402

HERE = Path(__file__).resolve().parent
# All processes need the same, and a redeployment deletes what is beside this file.
DATA = Path(os.environ.get("ISTHMUS_DATA_DIR", HERE / "instance"))
STORES = f"stores:fs:{DATA}/data/%(backend)s/%(kind)s"
# Of a real wiki: not everybody writes.
EVERYBODY = AclConfig(
    before="", default="All:read,write,create", after="", hierarchic=False
)
ACLS = dict.fromkeys(Usual.acls, EVERYBODY)
ACLS["userprofiles"] = Usual.acls["userprofiles"]


class Config(Usual):
    sitename = interwikiname = "Bees"
    instance_dir = str(DATA)
    data_dir = str(DATA / "data")
    index_storage = IndexStorageConfig(
        name="FileStorage", args=(str(DATA / "index"),), kwargs={}
    )
    namespace_mapping, backend_mapping, acl_mapping = create_mapping(
        STORES, Usual.namespaces, dict.fromkeys(Usual.backends, STORES), ACLS
    )


# Of a real wiki, from a <context-param> or the environment: never in the source.
FLASK = {"SECRET_KEY": "only an example", "SESSION_COOKIE_NAME": "bees"}


def make_wiki() -> None:
    """Do what `moin build-instance` does; of several processes, one does it."""
    DATA.mkdir(parents=True, exist_ok=True)
    with open(DATA / "wiki.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (DATA / "index").exists():
            return
        new = create_app_ext(None, FLASK, Config, create_backend=True)
        with AppContext(new):
            LoadWelcome()
        new.deinit_backends()
        Config.create_backend = False


make_wiki()
application = create_app_ext(None, FLASK, Config)
# Left to the first requests, the second of two at once would find no themes.
application.theme_manager.refresh()

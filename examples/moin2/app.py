"""A wiki by MoinMoin 2, made at the first start."""

import fcntl
import os
import shutil
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
WIKI = DATA / "wiki"
# Of a real wiki: not everybody writes.
EVERYBODY = AclConfig(
    before="", default="All:read,write,create", after="", hierarchic=False
)
ACLS = dict.fromkeys(Usual.acls, EVERYBODY)
ACLS["userprofiles"] = Usual.acls["userprofiles"]


def configuration(directory: Path) -> type[Usual]:
    """MoinMoin's configuration for the wiki in a directory."""
    stores = f"stores:fs:{directory}/data/%(backend)s/%(kind)s"

    class Config(Usual):
        sitename = interwikiname = "Bees"
        instance_dir = str(directory)
        data_dir = str(directory / "data")
        index_storage = IndexStorageConfig(
            name="FileStorage", args=(str(directory / "index"),), kwargs={}
        )
        namespace_mapping, backend_mapping, acl_mapping = create_mapping(
            stores, Usual.namespaces, dict.fromkeys(Usual.backends, stores), ACLS
        )

    return Config


# Of a real wiki, from a <context-param> or the environment: never in the source.
FLASK = {"SECRET_KEY": "only an example", "SESSION_COOKIE_NAME": "bees"}


def make_wiki() -> None:
    """Do what `moin build-instance` does; of several processes, one does it."""
    DATA.mkdir(parents=True, exist_ok=True)
    with open(DATA / "wiki.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if WIKI.exists():
            return
        # Under its name when it is complete: this start may be interrupted.
        new = DATA / "wiki.new"
        shutil.rmtree(new, ignore_errors=True)
        maker = create_app_ext(None, FLASK, configuration(new), create_backend=True)
        with AppContext(maker):
            LoadWelcome()
        maker.deinit_backends()
        new.rename(WIKI)


make_wiki()
application = create_app_ext(None, FLASK, configuration(WIKI))
# Left to the first requests, the second of two at once would find no themes.
application.theme_manager.refresh()

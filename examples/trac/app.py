"""Trac 1.6: wiki, tickets and roadmap of one project, made at the first start."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from trac.admin.console import TracAdmin
from trac.web.main import dispatch_request

HERE = Path(__file__).resolve().parent
# All processes need the same, and a redeployment deletes what is beside this file.
DATA = Path(os.environ.get("ISTHMUS_DATA_DIR", HERE / "instance"))
ENVIRONMENT = DATA / "trac"
COMMANDS = (
    "initenv Bees sqlite:db/trac.db",
    # Of a real project: who is its owner.
    "permission add alice TRAC_ADMIN",
    "config set header_logo src common/trac_banner.png",
    # Otherwise Trac's errors are nowhere.
    "config set logging log_type stderr",
    "config set logging log_level WARNING",
)


def make_environment() -> None:
    """Do what an operator does by trac-admin; of several processes, one does it."""
    DATA.mkdir(parents=True, exist_ok=True)
    with open(DATA / "trac.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if ENVIRONMENT.exists():
            return
        # Under its name when it is complete: this start may be interrupted.
        new = DATA / "trac.new"
        shutil.rmtree(new, ignore_errors=True)
        admin = TracAdmin(str(new))
        for command in COMMANDS:
            if admin.onecmd(command) != 0:
                raise RuntimeError(f"trac-admin has refused: {command}")
        admin.env.shutdown()
        new.rename(ENVIRONMENT)


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    # A server's LANG may name a locale that it lacks.
    environ.update({"trac.env_path": str(ENVIRONMENT), "trac.locale": "C.UTF-8"})
    return dispatch_request(environ, start_response)


make_environment()

"""MLflow's tracking server: runs in SQLite, and artifacts as files."""

import fcntl
import os
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
# All processes need the same, and a redeployment deletes what is beside this file.
DATA = Path(os.environ.get("ISTHMUS_DATA_DIR", HERE / "instance"))
RUNS = DATA / "runs"
ARTIFACTS = "mlflow-artifacts:/"

# What `mlflow server` passes to the processes that it starts, before they import this.
os.environ |= {
    "_MLFLOW_SERVER_FILE_STORE": f"sqlite:///{RUNS}/mlflow.db",
    "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
    "_MLFLOW_SERVER_ARTIFACT_ROOT": ARTIFACTS,
    "_MLFLOW_SERVER_ARTIFACT_DESTINATION": str(DATA / "artifacts"),
    # Otherwise it reports its use to its makers.
    "MLFLOW_DISABLE_TELEMETRY": "true",
}

from mlflow.server import app as application  # noqa: E402, F401
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore  # noqa: E402


def make_tables() -> None:
    """Create the database at the first start; of several processes, one does it."""
    DATA.mkdir(parents=True, exist_ok=True)
    with open(DATA / "runs.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if RUNS.exists():
            return
        # Under its name when it is complete: this start may be interrupted.
        new = DATA / "runs.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        SqlAlchemyStore(f"sqlite:///{new}/mlflow.db", ARTIFACTS).engine.dispose()
        new.rename(RUNS)


make_tables()

"""MLflow's tracking server: runs in SQLite, artifacts in a directory."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
# All processes need the same, and a redeployment deletes what is beside this file.
DATA = Path(os.environ.get("ISTHMUS_DATA_DIR", HERE / "instance"))
DATA.mkdir(parents=True, exist_ok=True)

# What `mlflow server` passes to the processes that it starts, before they import this.
os.environ |= {
    "_MLFLOW_SERVER_FILE_STORE": f"sqlite:///{DATA}/mlflow.db",
    "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
    "_MLFLOW_SERVER_ARTIFACT_ROOT": "mlflow-artifacts:/",
    "_MLFLOW_SERVER_ARTIFACT_DESTINATION": str(DATA / "artifacts"),
    # Otherwise it reports its use to its makers.
    "MLFLOW_DISABLE_TELEMETRY": "true",
}

from mlflow.server import app as application  # noqa: E402, F401

"""The tracking server of examples/mlflow, for MLflow's own client."""

import os
import subprocess

import pytest

from example_project import EXAMPLES, ExampleProject
from isthmus_cli.cpython import releases, runtime
from paths import TARGET

BOOT = "examples"
OPTIONS = ["--context-param=isthmus.workers=2"]
WARS = [ExampleProject("mlflow", options=OPTIONS, probe="/health")]
# A WAR of 160 MB, unpacked, whose imports take ten seconds of CPU.
pytestmark = pytest.mark.matrix

API = "/api/2.0/mlflow/"


@pytest.fixture
def client(server, war, tmp_path, monkeypatch):
    """Run a program with the libraries of the WAR, in which the client is, too."""
    monkeypatch.setenv("ISTHMUS_CACHE", str(TARGET / "cli" / "cache"))
    library = server.base / "webapps" / war.name / "WEB-INF" / "lib-python"
    python = runtime.program(releases.find())

    def run(*words):
        address = "http://%s:%d%s" % (*server.address, war.path)
        done = subprocess.run(
            [python, *words],
            env={
                "PATH": os.defpath,
                "HOME": str(tmp_path),
                "PYTHONPATH": str(library),
                "MLFLOW_TRACKING_URI": address,
                "MLFLOW_DISABLE_TELEMETRY": "true",
                "GIT_PYTHON_REFRESH": "quiet",
                "no_proxy": "127.0.0.1",
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


READ = """
import mlflow
client = mlflow.MlflowClient()
run = client.get_run({run!r})
assert run.data.params == {{"hives": "3"}}, run.data.params
assert run.data.metrics == {{"honey": 3.0}}, run.data.metrics
assert run.info.run_name == "Zo\\u00eb", run.info.run_name
history = [metric.value for metric in client.get_metric_history({run!r}, "honey")]
assert history == [1.5, 2.25, 3.0], history
text = mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/hum.txt")
assert text == "They hum, \\u65e5\\u672c.", text
"""


TABLES = """
from werkzeug.test import Client
import app

path = "/api/2.0/mlflow/experiments/search?max_results=9"
found = Client(app.application).get(path, headers={"Host": "localhost"})
assert found.status_code == 200, found.text
assert [e["name"] for e in found.json["experiments"]] == ["Default"], found.text
"""


def test_tables_are_made_once_by_whoever_starts(first_start):
    first_start.at_once(TABLES)


def test_tables_are_made_anew_if_the_first_start_was_killed(first_start):
    first_start.kill("runs.new/mlflow.db")
    assert not (first_start.data / "runs").exists()
    first_start.at_once(TABLES)


def test_client_reads_back_what_it_has_logged(client, visitor):
    run = client(EXAMPLES / "mlflow" / "train.py").split()[-1]
    client("-c", READ.format(run=run))
    # And so does what speaks HTTP alone, of whichever worker.
    for _ in range(4):
        found = visitor.get(API + "runs/get", params={"run_id": run}).json()
        assert found["run"]["info"]["status"] == "FINISHED"


def test_loggers_at_once_lose_nothing(crowd, visitor):
    made = visitor.post(API + "experiments/create", json={"name": "Crowd"})
    experiment = made.json()["experiment_id"]

    def visit(other, number):
        named = {"experiment_id": experiment, "run_name": str(number)}
        run = other.post(API + "runs/create", json=named).json()["run"]
        metric = {"key": "number", "value": number, "timestamp": 0, "step": 0}
        metric["run_id"] = run["info"]["run_id"]
        assert other.post(API + "runs/log-metric", json=metric).status_code == 200

    crowd(visit)
    query = {"experiment_ids": [experiment], "max_results": 100}
    runs = visitor.post(API + "runs/search", json=query).json()["runs"]
    values = [run["data"]["metrics"][0]["value"] for run in runs]
    assert sorted(values) == list(range(24))


def test_what_is_not_there_is_reported_as_json(visitor):
    response = visitor.get(API + "runs/get", params={"run_id": "0" * 32})
    assert response.status_code == 404
    assert response.json()["error_code"] == "RESOURCE_DOES_NOT_EXIST"


def test_stranger_s_host_is_refused(visitor):
    refused = visitor.get(API + "runs/get", headers={"Host": "evil.example"})
    assert refused.status_code == 403

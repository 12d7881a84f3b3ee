"""A model of scikit-learn behind Flask 3: what kind of iris is it?"""

import os

import pandas
from flask import Flask, Response, abort, request
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_info

app = Flask(__name__)

# A real one is loaded, by joblib or skops, from a file that was made elsewhere. Each
# worker process has its own, made or read when the application is imported.
_IRIS = load_iris(as_frame=True)
_MEASURES = _IRIS.data.rename(columns=lambda name: "_".join(name.split()[:2]))
_SPECIES = _IRIS.target_names[_IRIS.target]
MODEL = LogisticRegression(max_iter=1000).fit(_MEASURES, _SPECIES)
COLUMNS = list(_MEASURES)

PAGE = f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Iris</title>
<h1>Which iris is it?</h1>
<form method="post" action="predict" enctype="multipart/form-data">
  <label>Measures in cm, CSV with {", ".join(COLUMNS)}
    <input type="file" name="csv"></label>
  <button>Tell me</button>
</form>
"""


@app.get("/")
def front() -> str:
    return PAGE


@app.post("/predict")
def predict() -> Response:
    """The CSV that came, with a column more."""
    try:
        table = pandas.read_csv(request.files["csv"])[COLUMNS].astype(float)
    except (KeyError, ValueError) as error:
        abort(400, str(error))
    table["species"] = MODEL.predict(table)
    table["certainty"] = MODEL.predict_proba(table[COLUMNS]).max(axis=1).round(3)
    return Response(table.to_csv(index=False), mimetype="text/csv")


@app.get("/threads")
def threads() -> dict:
    """How many threads each library computes with, in the worker that answers."""
    pools = {pool["internal_api"]: pool["num_threads"] for pool in threadpool_info()}
    return {"process": os.getpid(), "threads": pools}

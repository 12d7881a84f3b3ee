"""The model of examples/scikit-learn: numpy, pandas and BLAS in the workers."""

import csv
import io

import pytest

from example_project import ExampleProject

BOOT = "examples"
WARS = [ExampleProject("scikit-learn", options=["--context-param=isthmus.workers=2"])]
# A WAR of 350 MB, unpacked.
pytestmark = pytest.mark.matrix

HEAD = "sepal_length,sepal_width,petal_length,petal_width\n"
SETOSA, VIRGINICA = "5.1,3.5,1.4,0.2\n", "6.3,3.3,6.0,2.5\n"


def _ask(visitor, text, name="flowers.csv"):
    return visitor.post("/predict", files={"csv": (name, text)})


def _rows(response):
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


def test_each_flower_is_reported(visitor):
    rows = _rows(_ask(visitor, HEAD + SETOSA + VIRGINICA))
    assert [row["species"] for row in rows] == ["setosa", "virginica"]
    assert all(0.5 < float(row["certainty"]) <= 1 for row in rows)


def test_ten_thousand_flowers_at_once(visitor):
    rows = _rows(_ask(visitor, HEAD + (SETOSA + VIRGINICA) * 5000))
    assert len(rows) == 10000
    assert {row["species"] for row in rows} == {"setosa", "virginica"}


def test_what_is_no_table_is_400(visitor):
    assert _ask(visitor, "a,b\n1,2\n").status_code == 400
    assert _ask(visitor, HEAD + "x,1,1,1\n").status_code == 400
    assert visitor.post("/predict", data={"csv": "text"}).status_code == 400


def test_each_worker_computes_with_one_thread(visitor):
    # As isthmus.worker.env says: otherwise there are as many as processors.
    answers = [visitor.get("/threads").json()["threads"] for _ in range(8)]
    for threads in answers:
        assert "openblas" in threads and set(threads.values()) == {1}


def test_askers_at_once_get_answers_of_their_own(crowd):
    def visit(visitor, number):
        text = HEAD + (SETOSA if number % 2 else VIRGINICA) * (number + 1)
        rows = _rows(_ask(visitor, text))
        wanted = ["setosa" if number % 2 else "virginica"] * (number + 1)
        assert [row["species"] for row in rows] == wanted

    crowd(visit)


def test_form_is_filled_in_in_a_browser(site, browser, tmp_path):
    table = tmp_path / "flowers.csv"
    table.write_text(HEAD + VIRGINICA)
    site.open("/")
    browser.field("Measures").send_keys(str(table))
    browser.one("button").click()
    saved = browser.downloads / "predict.csv"
    browser.until(saved.exists)
    assert "virginica" in saved.read_text()

"""Bytecode is kept in the temporary directory, wherever the modules are."""

import pytest

import hosting

APP = "def application(environ, start_response):\n    pass\n"


@pytest.mark.parametrize(
    "place", ["WEB-INF/app", "WEB-INF/lib-python", "classes/python", "libs/lib-python"]
)
def test_bytecode_is_kept_and_not_beside_its_source(python, tmp_path, place):
    sources = tmp_path / place
    sources.mkdir(parents=True)
    (sources / "kept.py").write_text(APP)
    temporary = tmp_path / "temporary"
    is_embedded = not place.startswith("WEB-INF")
    worker = hosting.Worker(
        python,
        tmp_path / "pipes",
        None if is_embedded else sources.parent,
        class_path=[str(sources)] if is_embedded else [],
        temporary=str(temporary),
    )
    try:
        assert worker.load("kept:application") == (0, "kept:application")
    finally:
        worker.stop()
    assert [path.name for path in sources.rglob("*.pyc")] == []
    (kept,) = (temporary / "isthmus-pycache").rglob("*.pyc")
    assert kept.name.startswith("kept.")

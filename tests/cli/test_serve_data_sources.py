"""`isthmus serve --jndi`: a pool of connections to a database, as containers have."""

import pytest

from isthmus_cli import artifacts
from paths import TARGET
from tool_process import LIMIT, Serving

APP = """
from isthmus import db

def application(environ, start_response):
    with db.connect("jdbc/shop") as connection:
        cursor = connection.cursor()
        cursor.execute("select user, 6 * 7")
        user, number = cursor.fetchone()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["%s %d" % (str(user), number)]
"""
URL = "jdbc/shop=jdbc:h2:mem:shop"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv(artifacts.CACHE, str(TARGET / "cli" / "cache"))
    directory = tmp_path / "shop"
    directory.mkdir()
    (directory / "app.py").write_text(APP)
    return directory


def test_pool_has_the_user_and_the_driver_that_were_named(project):
    (driver,) = (TARGET / "drivers").glob("h2-*.jar")
    (project / "password").write_text("sesame\n")
    # What the WAR declares, in the file that both commands read.
    (project / "pyproject.toml").write_text('[tool.isthmus]\njndi = ["jdbc/shop"]\n')
    words = ["--port=0", "--java-lib", driver, "--jndi", URL]
    words += ["--jndi-user=jdbc/shop=anna"]
    words += ["--jndi-password=jdbc/shop=file:password"]
    with Serving(project, *words) as serving:
        assert serving.get().body == b"ANNA 42"


def test_url_without_a_name_is_refused_and_not_repeated(project):
    url = "jdbc:postgresql://anna:sesame@localhost/shop"
    serving = Serving(project, "--port=0", "--jndi=" + url)
    assert serving.process.wait(LIMIT) == 2, serving.text()
    assert "NAME=URL" in serving.text() and "sesame" not in serving.text()


def test_data_source_without_a_url_is_named_at_the_start(project):
    (project / "pyproject.toml").write_text('[tool.isthmus]\njndi = ["jdbc/shop"]\n')
    serving = Serving(project, "--port=0")
    try:
        assert serving.process.wait(LIMIT) == 3, serving.text()
    finally:
        serving.__exit__()
    assert "IS0530: " in serving.text() and "'jdbc/shop'" in serving.text()

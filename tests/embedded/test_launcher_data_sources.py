"""`java -jar app.war --jndi`: a pool of connections, on both engines."""

import contextlib
import sys

import pytest

import databases
import launched
from paths import TARGET

APP = """
import json

def visit():
    from isthmus import db
    with db.connect("jdbc/app") as connection:
        cursor = connection.cursor()
        cursor.execute("create table if not exists visit (place varchar(9))")
        cursor.execute("insert into visit values (?)", ("here",))
        cursor.execute("select count(*), max(place) from visit")
        return list(cursor.fetchone())

def look_up():
    from javax.naming import InitialContext
    pool = InitialContext().lookup("java:comp/env").lookup("jdbc/app")
    connections = [pool.getConnection() for _ in range(2)]
    names = [connection.getMetaData().databaseProductName for connection in connections]
    for connection in connections:
        connection.close()
    return names

def connect():
    import os
    import subprocess
    import isthmus
    found = isthmus.service("jdbc/app")
    login = {"PGUSER": found.user, "PGPASSWORD": found.password}
    command = ["psql", "-XAtc", "select current_user, 6 * 7", found.url]
    process = subprocess.Popen(
        command, env=dict(os.environ, **login), stdout=subprocess.PIPE
    )
    return process.communicate()[0].decode("utf-8").strip()

def application(environ, start_response):
    answer = globals()[environ["PATH_INFO"].strip("/")]()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode("utf-8")]
"""
REFERENCE = """  <resource-ref>
    <res-ref-name>%s</res-ref-name><res-type>%s</res-type>
  </resource-ref>
"""
H2 = "jdbc/app=jdbc:h2:mem:shop"
CPYTHON = {
    "isthmus.engine": "cpython",
    "isthmus.python.executable": sys.executable,
    "isthmus.workers": "1",
}


def _build(namespace, params=None, kind="javax.sql.DataSource"):
    files = {"WEB-INF/app/wsgi.py": APP, "WEB-INF/lib": TARGET / "drivers"}
    extra = REFERENCE % ("jdbc/app", kind)
    return launched.build(namespace, files, "data.war", params=params, extra=extra)


@contextlib.contextmanager
def _serving(archive, work, *words, **more):
    arguments = ["--port=0", "--workdir", str(work), *words]
    with launched.Launched(archive, *arguments, **more) as program:
        yield lambda path: program.get(path).json()
        program.terminate()
        assert program.status() == 0, program.output()


def test_jython_has_the_pool_with_the_driver_of_the_war(work):
    words = ["--jndi", H2, "--jndi-user=jdbc/app=shop"]
    words += ["--jndi-password=jdbc/app=env:SHOP_PASSWORD"]
    with _serving(_build("jakarta"), work, *words, SHOP_PASSWORD="sesame") as get:
        # The database is there as long as a connection to it: the pool's.
        assert [get("/visit") for _ in range(2)] == [[1, "here"], [2, "here"]]
        assert get("/look_up") == ["H2", "H2"]


def test_cpython_has_what_its_own_driver_needs(work, tmp_path):
    url, user, password = databases.postgresql()[:3]
    (tmp_path / "password").write_text(password + "\n")
    words = ["--jndi=java:comp/env/jdbc/app=" + url, "--jndi-user=jdbc/app=" + user]
    words += ["--jndi-password=jdbc/app=file:%s" % (tmp_path / "password")]
    archive = _build("javax", {**CPYTHON, "isthmus.services": "jdbc/app"})
    with _serving(archive, work, *words) as get:
        assert get("/connect") == "app|42"


@pytest.fixture(scope="module", autouse=True)
def stopped():
    yield
    databases.stop()


COMMAND = """
from isthmus import db
with db.connect("jdbc/app") as connection:
    cursor = connection.cursor().execute("select user, 6 * 7")
    print("%s %d" % cursor.fetchone())
try:
    db.connect("jdbc/nonesuch")
except db.InterfaceError as error:
    print(str(error)[:8] + repr("jdbc/nonesuch" in str(error)))
"""


def test_command_has_the_data_sources_too(work):
    words = ["--workdir", str(work), "--jndi", H2, "--jndi-user=jdbc/app=shop"]
    words += ["--jndi-password=jdbc/app=env:SHOP_PASSWORD", "run", "-c", COMMAND]
    done = launched.run(_build("jakarta"), *words, SHOP_PASSWORD="sesame")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [b"SHOP", b"42", b"IS0521:", b"True"]


def test_data_source_that_nobody_provides_is_named_at_the_start(work):
    words = ["--port=0", "--workdir", str(work), "--jndi=jdbc/other=jdbc:h2:mem:x"]
    done = launched.run(_build("jakarta"), *words)
    message = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b""), message
    assert message.startswith("IS0530: ") and "'jdbc/app'" in message
    assert "--jndi jdbc/app=jdbc:" in message and "\tat " not in message


def test_resource_that_only_a_container_has_is_a_warning(work):
    archive = _build("jakarta", kind="jakarta.mail.Session")
    words = ["--port=0", "--workdir", str(work)]
    with launched.Launched(archive, *words) as program:
        (line,) = [line for line in program.logged().splitlines() if "IS0531" in line]
        assert "WARN" in line and "'jdbc/app'" in line and "mail.Session" in line
        program.terminate()
        assert program.status() == 0, program.output()


def test_misuse_is_refused_and_no_password_is_repeated(archive):
    """One of the many that OptionsTest has."""
    done = launched.run(archive, "--jndi=a=jdbc:oracle:thin:shop/sesame@//h/db")
    message = done.stderr.decode()
    assert done.returncode == 2 and message.startswith("IS0161: "), message
    assert "--jndi-password" in message and "sesame" not in message

"""Which Python the workers run on, and what of its surroundings they have."""

import os
import shutil

import pytest

import pythons
import worker_app
import workers
from paths import TARGET

APP = r"""
import os
import sys

EARLY = "early" in sys.modules


def application(environ, start_response):
    start_response("200 OK", [])
    return [ascii(globals()[environ["PATH_INFO"].strip("/")]()).encode()]


def prefix():
    return sys.prefix


def path():
    return sys.path


def variables():
    return dict(os.environ)


def early():
    return EARLY


def of_the_environment():
    import only_in_the_environment

    return only_in_the_environment.__file__


def loaded():
    import shop.cart

    return sorted(name for name in sys.modules if name.startswith("shop"))
"""

FLASK = r"""
import flask
import markupsafe._speedups

app = flask.Flask(__name__)


@app.route("/<name>", methods=["GET", "POST"])
def page(name):
    flask.session["name"] = name
    flask.g.rows = [name, "<script>"]
    return flask.render_template_string(
        "{% for row in g.rows %}{{ row }};{% endfor %}{{ request.form.get('a') }}"
    )


@app.route("/c")
def c():
    return {
        "module": markupsafe._speedups.__file__,
        "escaped": str(markupsafe.escape("<é>")),
    }


@app.route("/fails")
def fails():
    raise KeyError("of a view")


@app.route("/stream")
def stream():
    return flask.Response(("%d\n" % i for i in range(3)), mimetype="text/plain")


app.secret_key = "of a test"
"""


@pytest.fixture
def start(tmp_path):
    started = []

    def begin(sources=None, **settings):
        place = tmp_path / str(len(started))
        server = workers.Workers(place, sources or {"app.py": APP}, **settings)
        started.append(server)
        return server

    yield begin
    for server in started:
        server.stop()


def ask(server, name):
    return eval(server.get("/" + name).body)


@pytest.mark.parametrize("version", pythons.ENDS)
def test_oldest_and_newest_python_serve(start, version):
    """Between them, tests/python/worker has all that are there."""
    named = pythons.FOUND[version]
    server = start({"app.py": worker_app.APP}, python__executable=named)
    assert server.get("/hello").body == b"Hello, world!"
    body = b"x" * 1_000_000
    assert server.get("/echo?65536", "POST", body=body).body == body
    assert server.get("/file").body == worker_app.APP.encode()
    assert server.get("/prints").status == 200
    workers.until(lambda: "raw err" in server.text())
    assert server.get("/crashes").status == 502
    workers.until(lambda: "in crashes" in server.text())
    assert server.get("/fails").status == 500
    workers.until(lambda: "KeyError: 'the cause'" in server.text())
    shown = ".".join(map(str, eval(server.get("/version").body)))
    assert shown == version


def test_virtual_environment_is_honoured(start, tmp_path):
    python, packages = workers.venv(tmp_path / "venv")
    (packages / "only_in_the_environment.py").write_text("")
    server = start(python__executable=str(python))
    assert ask(server, "prefix") == str(tmp_path / "venv")
    found = ask(server, "of_the_environment")
    assert found == str(packages / "only_in_the_environment.py")
    # After what is the web application's.
    path = ask(server, "path")
    assert path[0].endswith("WEB-INF/app")
    assert path.index(str(packages)) > 0


def test_variables_are_the_containers_without_what_leads_another_python(
    start, monkeypatch, tmp_path
):
    for name, value in {
        "PYTHONPATH": str(tmp_path / "not-here"),
        "PYTHONHOME": str(tmp_path / "nor-here"),
        "CATALINA_OPTS": "-Dpassword=sesame",
        "LD_PRELOAD_OF_A_TEST": "x",
        "SHOP_DATABASE": "sqlite",
        "SHOP_COLOUR": "red",
    }.items():
        monkeypatch.setenv(name, value)
    server = start(worker__env="SHOP_COLOUR: green\nPYTHONUTF8: 1")
    variables = ask(server, "variables")
    assert variables["SHOP_DATABASE"] == "sqlite"
    assert variables["SHOP_COLOUR"] == "green"
    assert variables["PYTHONUTF8"] == "1"
    unwanted = ("PYTHONPATH", "PYTHONHOME", "CATALINA_OPTS", "LD_PRELOAD_OF_A_TEST")
    assert [name for name in unwanted if name in variables] == []
    assert str(tmp_path / "not-here") not in ask(server, "path")


SENDS = """
import os


def application(environ, start_response):
    name = os.path.join(os.environ["PLACE"], "\\u20ac.txt")
    with open(name, "wb") as file:
        file.write(b"its octets")
    start_response("200 OK", [])
    return environ["wsgi.file_wrapper"](open(name, "rb"))
"""


def test_file_is_sent_though_the_jvm_cannot_name_it(start, tmp_path, monkeypatch):
    # The JVM then takes paths to be ASCII; Python takes them to be UTF-8 (PEP 538).
    monkeypatch.setenv("LC_ALL", "C")
    server = start({"app.py": SENDS}, worker__env="PLACE: %s" % tmp_path)
    response = server.get("/")
    assert (response.status, response.body) == (200, b"its octets"), server.text()


def test_data_directory_is_a_variable_too(start, tmp_path):
    data = tmp_path / "data"
    server = start(data_dir=str(data))
    assert ask(server, "variables")["ISTHMUS_DATA_DIR"] == str(data)


def test_named_modules_are_imported_before_the_application(start):
    server = start({"app.py": APP, "early.py": ""}, preload="early, json.encoder")
    assert server.port, server.text()
    assert ask(server, "early") is True


def test_named_module_that_is_absent_fails_the_start(start):
    server = start({"app.py": APP, "early.py": ""}, preload="earlyy")
    text = workers.until(lambda: "IS0074" in server.text() and server.text())
    assert "'earlyy'" in text
    assert "did you mean 'early'" in text


def test_libraries_for_another_python_are_refused(start):
    extension = "../lib-python/shop/_fast.cpython-27-x86_64-linux-gnu.so"
    server = start({"app.py": APP, extension: ""})
    text = workers.until(lambda: "IS0180" in server.text() and server.text())
    assert "shop/_fast.cpython-27-x86_64-linux-gnu.so" in text


def _compiled(directory):
    return {
        path.name.partition(".")[0]: path.stat().st_mtime_ns
        for path in directory.rglob("*.pyc")
    }


def test_bytecode_is_kept_and_not_in_the_web_application(start, tmp_path):
    sources = {"app.py": APP, "shop/__init__.py": "", "shop/cart.py": "one = 1\n"}
    server = start(sources)
    assert ask(server, "loaded") == ["shop", "shop.cart"]
    assert _compiled(tmp_path / "0") == {}
    (kept,) = server.temporary.rglob("isthmus-pycache")
    compiled = _compiled(kept)
    # Those of the standard library lie where Python has them.
    assert set(compiled) == {"app", "__init__", "cart"}
    # The next worker uses them.
    (pid,) = server.processes()
    os.kill(pid, 9)
    workers.until(lambda: server.processes() not in ([pid], []))
    assert ask(server, "loaded") == ["shop", "shop.cart"]
    assert _compiled(kept) == compiled
    # A newer source is compiled anew.
    cart = tmp_path / "0" / "WEB-INF" / "app" / "shop" / "cart.py"
    cart.write_text("two = 22\n")
    (pid,) = server.processes()
    os.kill(pid, 9)
    workers.until(lambda: server.processes() not in ([pid], []))
    assert ask(server, "loaded") == ["shop", "shop.cart"]
    changed = {name for name, at in _compiled(kept).items() if compiled[name] != at}
    assert changed == {"cart"}


def test_flask_runs_with_a_library_in_c(start, tmp_path):
    libraries = tmp_path / "0" / "WEB-INF" / "lib-python"
    left_out = shutil.ignore_patterns("django*")
    shutil.copytree(TARGET / "libraries-cpython", libraries, ignore=left_out)
    server = start({"app.py": FLASK})
    assert server.port, server.text()
    response = server.get("/a%C3%A9", "POST", body=b"a=1")
    assert response.status == 200
    form = [("Content-Type", "application/x-www-form-urlencoded")]
    response = server.get("/a%C3%A9", "POST", body=b"a=1", headers=form)
    assert response.body.decode() == "aé;&lt;script&gt;;1"
    assert response.header("Set-Cookie").startswith("session=")
    answer = server.get("/c").json()
    assert answer["module"].startswith(str(libraries))
    assert answer["escaped"] == "&lt;é&gt;"
    assert server.get("/stream").body == b"0\n1\n2\n"
    assert server.get("/fails").status == 500
    workers.until(lambda: "KeyError: 'of a view'" in server.text())
    assert server.get("/none/there").status == 404

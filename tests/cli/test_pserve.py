"""`use = egg:isthmus#jetty`: Pyramid's pserve starts the development server."""

import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from isthmus_cli import artifacts, exit_codes, paste_server
from paths import TARGET
from tool_process import LIMIT, Serving

PSERVE = Path(sys.executable).with_name("pserve")
SETTINGS = """
[DEFAULT]
currency = EUR

[app:main]
paste.app_factory = words:make_app

[app:shop]
paste.app_factory = words:make_app
greeting = Buy
%s
"""
SERVER = """
[server:main]
use = egg:isthmus#jetty
app = shop
port = 0
lib = %s
static =
    %%(here)s/public=/files
    %%(here)s/more=m
threads = 20
open = no
"""
WORDS = """
import sys

def make_app(global_config, greeting=None):
    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [("%s, %s" % (greeting, sys.platform)).encode("ascii")]
    return app
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Where the wheel is installed, as pip does it but for scripts."""
    site = tmp_path_factory.mktemp("site")
    (wheel,) = TARGET.glob("isthmus-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(site)
    return site


@pytest.fixture
def project(tmp_path):
    directory = tmp_path / "projét"
    for made in ("public", "more"):
        (directory / made).mkdir(parents=True)
        (directory / made / "a.txt").write_text(made)
    (directory / "words.py").write_text(WORDS)
    return directory


def _write(project, server):
    file = project / "development.ini"
    file.write_text(SETTINGS % server, encoding="utf-8")
    return file


def test_pserve_serves_the_section_on_jython_and_reloads(
    installed, project, paste_deploy
):
    file = _write(project, SERVER % paste_deploy)
    # pserve imports the application too, on CPython, for it knows no better.
    variables = {"PYTHONPATH": "%s:%s" % (installed, project)}
    variables[artifacts.CACHE] = str(TARGET / "cli" / "cache")
    program = [PSERVE, file]
    with Serving(project, program=program, **variables) as serving:
        assert serving.get().body.startswith(b"Buy, java")
        assert serving.get("/files/a.txt").body == b"public"
        assert serving.get("/m/a.txt").body == b"more"
        serving.write("words.py", WORDS.replace("%s, %s", "%s: %s"))
        serving.says("generation 2")
        assert serving.get().body.startswith(b"Buy: java")
        serving.process.send_signal(signal.SIGINT)
        assert serving.process.wait(LIMIT) == 0, serving.output()
    assert list(serving.temporary.glob("isthmus-*")) == []


def test_pserve_ends_with_the_message_before_it_imports_anything(installed, project):
    file = _write(project, SERVER % "lib" + "prot = 80\n")
    (project / "words.py").unlink()
    done = subprocess.run(
        [PSERVE, file],
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert done.returncode == exit_codes.BROKEN_RULE
    assert "IS0262: " in done.stderr
    assert "[server:main] in %s" % file in done.stderr and "'lib'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "section, wanted",
    [
        ({"prot": "80"}, ["IS0261", "'prot'", "Did you mean 'port'?"]),
        ({"listen": "*:80"}, ["IS0261", "'listen'"]),
        ({"port": "http"}, ["IS0262", "'port'", "'http'"]),
        ({"port": ""}, ["IS0262", "'port'", "''"]),
        ({"threads": "1"}, ["IS0262", "'threads'", "'1'", "range"]),
        ({"open": "perhaps"}, ["IS0262", "'open'", "'perhaps'"]),
        ({"static": "nowhere"}, ["IS0262", "'static'", "'nowhere'", "directory"]),
        ({"app": "shopp"}, ["IS0262", "'app'", "'shopp'", "Did you mean 'shop'?"]),
    ],
)
def test_what_is_wrong_is_reported_with_file_section_and_key(
    project, capfd, section, wanted
):
    lines = ["%s = %s\n" % pair for pair in section.items()]
    server = "[server:main]\nuse = egg:isthmus#jetty\n" + "".join(lines)
    file = _write(project, server + "[server:other]\nport = 1\n")
    with pytest.raises(SystemExit) as ended:
        paste_server.jetty({"__file__": str(file)}, **section)
    assert ended.value.code == exit_codes.BROKEN_RULE
    output = capfd.readouterr().err
    assert output.startswith(wanted[0] + ": [server:main] in %s" % file), output
    assert [part for part in wanted if part not in output] == []


def test_setting_that_is_wrong_is_reported_as_on_the_command_line(project, capfd):
    file = _write(project, "[server:main]\nuse = egg:isthmus#jetty\n")
    with pytest.raises(SystemExit):
        paste_server.jetty({"__file__": str(file)}, context_param="isthmus.slo = 1")
    assert "IS0220: " in capfd.readouterr().err


@pytest.mark.parametrize(
    "head", ["app: site", "application:site", "composit:site", "filter-app:site"]
)
def test_application_may_be_of_each_kind_that_paste_deploy_has(
    project, monkeypatch, head
):
    file = _write(project, "[%s]\nuse = egg:x\n[filter:shown]\n" % head)
    monkeypatch.setattr(paste_server.main, "run", lambda words: 0)
    paste_server.jetty({"__file__": str(file)}, app="site")(None)
    paste_server.jetty({"__file__": str(file)}, app="config:other.ini")(None)
    with pytest.raises(SystemExit):
        paste_server.jetty({"__file__": str(file)}, app="shown")


def test_server_without_a_file_is_refused(capfd):
    with pytest.raises(SystemExit):
        paste_server.jetty({})
    assert capfd.readouterr().err.startswith("IS0263: ")


def test_section_becomes_a_command_line(project, monkeypatch):
    ran = []
    monkeypatch.setattr(paste_server.main, "run", lambda words: ran.append(words) or 3)
    file = str(_write(project, ""))
    keys = {"context-param": "isthmus.slow=5\na = b\n", "watch": "x", "open": "true"}
    server = paste_server.jetty({"__file__": file}, host="0.0.0.0", **keys)
    with pytest.raises(SystemExit) as ended:
        server(None)
    assert ended.value.code == 3
    options = [
        "--host=0.0.0.0",
        "--context-param=isthmus.slow=5",
        "--context-param=a = b",
    ]
    assert ran == [["serve", file + "#main", *options, "--watch=x", "--open"]]

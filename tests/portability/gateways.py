"""Every gateway on CPython, each started as its own documentation has it."""

import contextlib
import pathlib
import sys

import fronts
import serving
from paths import TARGET

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RUNS = TARGET / "portability"

LOCATION = """
    location / {{
      %s_pass 127.0.0.1:%d;%s
    }}"""

# CGI's variables, as nginx hands them to a program of any of these protocols.
PARAMS = {
    "SCRIPT_NAME": '""',
    "PATH_INFO": "$document_uri",
    "QUERY_STRING": "$query_string",
    "REQUEST_METHOD": "$request_method",
    "CONTENT_TYPE": "$content_type",
    "REQUEST_URI": "$request_uri",
    "SERVER_PROTOCOL": "$server_protocol",
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SERVER_SOFTWARE": "nginx",
    "REMOTE_ADDR": "$remote_addr",
    "REMOTE_PORT": "$remote_port",
    "SERVER_ADDR": "$server_addr",
    "SERVER_PORT": "$server_port",
    "SERVER_NAME": "$server_name",
    "HTTPS": "$https if_not_empty",
}
# For SCGI nginx writes the length first, as the protocol has it, and by itself.
OF_PROTOCOL = {
    "fastcgi": {"CONTENT_LENGTH": "$content_length"},
    "scgi": {"SCGI": "1"},
}

# Destroying them takes mod_wsgi ten seconds, and nothing is left to be looked after.
MOD_WSGI = """WSGIDestroyInterpreter Off
WSGIScriptAlias / "%s"
"""

# Without a locale CPython would make one, and a key of environ with it.
SCRIPT = """SetEnv LC_ALL C.UTF-8
ScriptAlias / "%s/"
"""

UWSGI = """[uwsgi]
http-socket = 127.0.0.1:{port}
pythonpath = %s
module = dispatching:application
master = true
die-on-term = true
need-app = true
disable-logging = true
"""

# Unix sockets have short names only: relative to the server's directory.
SOCKET = "ScriptSock cgid.sock\n"

GRANTED = """<Directory "%s">
  Require all granted
</Directory>
"""

WSGI_FILE = """import sys

sys.dont_write_bytecode = True
sys.path.insert(0, %r)
from dispatching import application
"""

# The programs of webapp/ are for Python 2.7 and 3; this is what calls run_with_cgi.
CGI_PROGRAM = """#!%s -B
import sys

sys.path[:0] = [%r, %r]
from dispatching import application
from on_cgi import run_with_cgi

run_with_cgi(application)
"""

RUN_CGI_PROGRAM = """#!/bin/sh
export PYTHONPATH='%s:%s' PYTHONPYCACHEPREFIX='%s'
exec '%s' -m isthmus_cli run-cgi dispatching:application
"""


@contextlib.contextmanager
def direct(name):
    with serving.running(name, RUNS / (name + ".log")) as address:
        yield address


@contextlib.contextmanager
def behind_nginx(name):
    """flup's FastCGI or SCGI."""
    params = "".join(
        "\n      %s_param %s %s;" % (name, *pair)
        for pair in {**PARAMS, **OF_PROTOCOL[name]}.items()
    )
    with direct(name) as (_, port):
        text = LOCATION % (name, port, params)
        with fronts.nginx(RUNS / ("nginx-" + name), text) as address:
            yield address


@contextlib.contextmanager
def ajp():
    with direct("ajp") as (_, port):
        text = 'ProxyPass "/" "ajp://127.0.0.1:%d/"' % port
        base = RUNS / "apache-ajp"
        with fronts.apache(base, ["proxy", "proxy_ajp"], text) as address:
            yield address


def uwsgi():
    command = [fronts.program("uwsgi_python3"), "--ini", "{file}"]
    return fronts.running(RUNS / "uwsgi", UWSGI % HERE, command)


def mod_wsgi():
    base = RUNS / "apache-mod_wsgi"
    RUNS.mkdir(parents=True, exist_ok=True)
    file = RUNS / "application.wsgi"
    file.write_text(WSGI_FILE % str(HERE))
    return fronts.apache(base, ["wsgi"], MOD_WSGI % file + GRANTED % RUNS)


def cgi():
    webapp = ROOT / "webapp" / "WEB-INF" / "app"
    # By pipes: mod_cgid would lose the answers of programs that do not read the body.
    return _cgi("cgi", "cgi", CGI_PROGRAM % (sys.executable, str(HERE), str(webapp)))


def run_cgi():
    tool = ROOT / "src" / "main" / "python"
    bytecode = RUNS / "bytecode"
    text = RUN_CGI_PROGRAM % (tool, HERE, bytecode, sys.executable)
    return _cgi("run-cgi", "cgid", text, SOCKET)


def _cgi(name, module, text, settings=""):
    RUNS.mkdir(parents=True, exist_ok=True)
    program = RUNS / (name + ".cgi")
    program.write_text(text)
    program.chmod(0o755)
    settings += SCRIPT % program + GRANTED % RUNS
    return fronts.apache(RUNS / ("apache-" + name), ["alias", "env", module], settings)


# What each of them is; {package} is the version that the tests are pinned to.
DOCUMENTED = {
    "wsgiref": "CPython's `wsgiref.simple_server`",
    "waitress": "{waitress}",
    "cheroot": "{cheroot}, CherryPy's server",
    "Twisted": "{Twisted}, `WSGIResource`",
    "gunicorn": "{gunicorn}, its default worker",
    "uWSGI": "Debian's uWSGI, its own HTTP",
    "flup FastCGI": "{flup} behind nginx, `fastcgi_pass`",
    "flup SCGI": "{flup} behind nginx, `scgi_pass`",
    "flup AJP": "{flup} behind Apache httpd, `mod_proxy_ajp`",
    "mod_wsgi": "Debian's mod_wsgi in Apache httpd",
    "CGI": "PEP 3333's `run_with_cgi` in Apache httpd, `mod_cgi`",
    "run-cgi": "`isthmus run-cgi` in Apache httpd, `mod_cgid`",
    "modjy": "Jython's own, in Tomcat 9",
}

STARTED = {
    "wsgiref": lambda: direct("wsgiref"),
    "waitress": lambda: direct("waitress"),
    "cheroot": lambda: direct("cheroot"),
    "Twisted": lambda: direct("twisted"),
    "gunicorn": lambda: direct("gunicorn"),
    "uWSGI": uwsgi,
    "flup FastCGI": lambda: behind_nginx("fastcgi"),
    "flup SCGI": lambda: behind_nginx("scgi"),
    "flup AJP": ajp,
    "mod_wsgi": mod_wsgi,
    "CGI": cgi,
    "run-cgi": run_cgi,
}

"""A real Apache httpd, nginx or uWSGI with a configuration of its own on a free port.

It runs in the foreground and is ended by the process that started it, by its id.
"""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import time

START_LIMIT = 60.0
STOP_LIMIT = 30.0
# No bytecode files: the apps are what the WARs are made of.
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "PATH": os.defpath,
    "PYTHONDONTWRITEBYTECODE": "1",
}
MODULES = pathlib.Path("/usr/lib/apache2/modules")
# Apache refuses to serve as root, and another user could not read what lies below
# root's own directories: so it is nobody, with root's access to files alone.
NOBODY = [
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
    "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override",
]  # fmt: skip

APACHE = """ServerName example.org
ServerRoot "{base}"
PidFile "{base}/apache.pid"
DefaultRuntimeDir "{base}"
ErrorLog "{base}/error.log"
LogLevel warn
Listen 127.0.0.1:{port}
DocumentRoot "{base}"
{modules}
<Directory "{base}">
  Require all granted
</Directory>
{text}
"""

# nginx wants a place for each kind of temporary file, whether it is used or not.
NGINX = """daemon off;
master_process off;
pid "{base}/nginx.pid";
error_log "{base}/error.log";
events {{}}
http {{
  access_log off;
  client_body_temp_path "{base}/body";
  proxy_temp_path "{base}/proxy";
  fastcgi_temp_path "{base}/fastcgi";
  scgi_temp_path "{base}/scgi";
  uwsgi_temp_path "{base}/uwsgi";
  {around}
  server {{
    listen 127.0.0.1:{port};
    server_name example.org;
    {text}
  }}
}}
"""


def apache(base, modules, text):
    """Its address; `text` may have {base} and {port}."""
    known = ("mpm_event", "authz_core", *modules)
    loaded = "\n".join(
        'LoadModule %s_module "%s/mod_%s.so"' % (name, MODULES, name) for name in known
    )
    configuration = APACHE.replace("{modules}", loaded).replace("{text}", text)
    command = [*(NOBODY if os.geteuid() == 0 else ()), program("apache2"), "-f"]
    return running(base, configuration, [*command, "{file}", "-DFOREGROUND"])


def nginx(base, text, around=""):
    """Its address; `text` is the inside of a server, `around` stands beside that."""
    configuration = NGINX.replace("{text}", text).replace("{around}", around)
    command = [program("nginx"), "-e", "{base}/error.log", "-c", "{file}"]
    return running(base, configuration, command)


def program(name):
    # A user's PATH lacks /usr/sbin on Debian.
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
    return shutil.which(name, path=path)


@contextlib.contextmanager
def running(base, configuration, command):
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    places = {"base": base, "port": port, "file": base / "server.conf"}
    places["file"].write_text(configuration.format(**places))
    with open(base / "console.txt", "wb") as console:
        process = subprocess.Popen(
            [word.format(**places) for word in command],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
        )
    try:
        _wait_until_open(process, port, base)
        yield "127.0.0.1", port
    finally:
        end(process)


def end(process):
    """End a process by its id: politely, then after a limit by force."""
    process.terminate()
    try:
        process.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_open(process, port, base):
    deadline = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.02)
    logged = [
        p.read_text("utf-8", "replace")
        for p in (base / "console.txt", *base.glob("error.log"))
    ]
    raise AssertionError("no server on port %d:\n%s" % (port, "\n".join(logged)))

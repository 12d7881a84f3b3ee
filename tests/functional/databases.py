"""Real database servers, from Debian's packages: started when they are first needed.

They run as `nobody`, on free loopback ports, without waiting for a disk. PostgreSQL
refuses to run as root, and MariaDB asks to be told otherwise.
"""

import contextlib
import glob
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from typing import NamedTuple

from process_tree import children

PASSWORD = "sesame"
TRIES = 5
START = 120  # seconds
STOP = 60


class Database(NamedTuple):
    """What an application needs to connect, and how to stop it."""

    url: str
    user: str
    password: str
    process: subprocess.Popen
    directory: pathlib.Path


_running = {}


def postgresql():
    """The PostgreSQL of this session."""
    return _started("postgresql", _postgresql)


def mariadb():
    """The MariaDB of this session."""
    return _started("mariadb", _mariadb)


def redis():
    """The Redis of this session: its url is host:port, and it has no users."""
    return _started("redis", _redis)


def stop():
    """Stop those that were started."""
    while _running:
        _, database = _running.popitem()
        _end(database)
        shutil.rmtree(database.directory)


@contextlib.contextmanager
def stopped(name):
    """Refuse all connections for a while: then it is there again, with its data."""
    database = _running[name]
    _end(database)
    try:
        yield
    finally:
        _running[name] = database._replace(process=_again(database))


@contextlib.contextmanager
def frozen(name):
    """Answer nothing for a while, as a machine that has lost its network."""
    pids = [_running[name].process.pid]
    try:
        # The parent first, so that it makes no more children.
        os.kill(pids[0], signal.SIGSTOP)
        pids[:0] = children(pids[0])
        for each in pids:
            os.kill(each, signal.SIGSTOP)
        yield
    finally:
        for each in pids:
            os.kill(each, signal.SIGCONT)


def _end(database):
    # PostgreSQL: SIGINT is a fast shutdown, SIGTERM waits for clients.
    is_postgresql = "postgres" in database.url
    database.process.send_signal(signal.SIGINT if is_postgresql else signal.SIGTERM)
    try:
        database.process.wait(STOP)
    except subprocess.TimeoutExpired:
        database.process.kill()
        database.process.wait()


def _again(database):
    """Start it on its port, as soon as no connection of another program has that."""
    port = int(re.search(r":(\d+)", database.url).group(1))
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if _is_free(port):
            process = _launch(database.directory, database.process.args)
            if _answers(process, port):
                return process
        time.sleep(0.05)
    raise AssertionError((database.directory / "log").read_text())


def _started(name, start):
    if name not in _running:
        _running[name] = start()
    return _running[name]


def _nobody():
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _directory():
    # Not below target/, whose parents nobody else may be able to enter.
    directory = pathlib.Path(tempfile.mkdtemp(prefix="isthmus-db-"))
    if os.geteuid() == 0:
        shutil.chown(directory, "nobody", "nogroup")
    return directory


def _run(command, directory):
    done = subprocess.run(
        command, cwd=directory, capture_output=True, text=True, **_nobody()
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def _is_free(port):
    with socket.socket() as listening:
        # As servers do: what is left of their own connections is in nobody's way.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _serve(directory, command):
    """Start a server on a free port; on another one if that is taken meanwhile.

    :param command: a function that makes the command of a port.
    """
    for _ in range(TRIES):
        port = _free_port()
        process = _launch(directory, command(port))
        if _answers(process, port):
            return process, port
    raise AssertionError((directory / "log").read_text())


def _launch(directory, command):
    with open(directory / "log", "w") as output:
        return subprocess.Popen(
            command, cwd=directory, stdout=output, stderr=output, **_nobody()
        )


def _answers(process, port):
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return process.poll() is None
        except OSError:
            time.sleep(0.05)
    if process.poll() is None:
        process.kill()
        process.wait()
    return False


def _postgresql():
    directory = _directory()
    (bin_directory, *_) = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1:]
    data = str(directory / "data")
    secret = directory / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    _run(
        [
            bin_directory + "/initdb",
            *("-D", data, "-U", "app", "--pwfile", str(secret)),
            *("--auth=scram-sha-256", "--no-sync", "-E", "UTF8", "--locale=C"),
        ],
        directory,
    )

    def command(port):
        return [
            bin_directory + "/postgres",
            *("-D", data, "-p", str(port), "-k", str(directory), "-F"),
            *("-c", "listen_addresses=127.0.0.1"),
        ]

    process, port = _serve(directory, command)
    url = "jdbc:postgresql://127.0.0.1:%d/postgres" % port
    return Database(url, "app", PASSWORD, process, directory)


# Each statement of an init file is one line.
_MARIADB_USER = """create database app character set utf8mb4;
create user app@'127.0.0.1' identified by '%s';
grant all on app.* to app@'127.0.0.1';
"""


def _mariadb():
    directory = _directory()
    data = "--datadir=%s" % (directory / "data")
    quick = ["--innodb-log-file-size=4M", "--innodb-flush-method=nosync"]
    _run(
        [
            *("mariadb-install-db", "--no-defaults", data),
            *("--auth-root-authentication-method=normal", "--skip-test-db"),
            *("--skip-name-resolve", *quick),
        ],
        directory,
    )
    init = directory / "init.sql"
    init.write_text(_MARIADB_USER % PASSWORD)
    init.chmod(0o644)

    def command(port):
        program = shutil.which("mariadbd", path=os.environ["PATH"] + ":/usr/sbin")
        return [
            *(program, "--no-defaults", data, "--port=%d" % port),
            *("--bind-address=127.0.0.1", "--socket=%s" % (directory / "socket")),
            *("--init-file=%s" % init, "--skip-name-resolve", *quick),
        ]

    process, port = _serve(directory, command)
    url = "jdbc:mariadb://127.0.0.1:%d/app" % port
    return Database(url, "app", PASSWORD, process, directory)


def _redis():
    directory = _directory()

    def command(port):
        return [
            *("redis-server", "--port", str(port), "--bind", "127.0.0.1"),
            *("--requirepass", PASSWORD, "--dir", str(directory)),
            *("--save", "", "--appendonly", "no"),
        ]

    process, port = _serve(directory, command)
    return Database("127.0.0.1:%d" % port, "", PASSWORD, process, directory)

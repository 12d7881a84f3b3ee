"""Peers on CPython: gunicorn, uWSGI, waitress and granian, each with its best settings.

With wrk's 16 connections on this project's two-core machine other settings of the same
server (fewer or more threads, uWSGI's http router, granian's other modes) were slower.
"""

from __future__ import annotations

import os

from bench import artifacts, packages
from bench.process import Server, free_port

CORES = os.cpu_count() or 1
# So that 64 requests can wait at once.
WAITING_THREADS = 64 // CORES
ALWAYS_NEWEST = ("uwsgi", "waitress", "granian")


def names() -> list[str]:
    """gunicorn once per CPython found, the others on the newest."""
    if not packages.pythons():
        return []
    return [f"gunicorn-{version}" for version in packages.pythons()] + [*ALWAYS_NEWEST]


def newest() -> str:
    """The newest version found, such as `3.13`."""
    return list(packages.pythons())[-1]


def threads(app: str) -> int:
    """Threads of a process: few are fastest, unless requests wait for others."""
    return WAITING_THREADS if app == "waits" else 4


def arguments(server: str, port: int, app: str) -> list[str]:
    address = f"127.0.0.1:{port}"
    if server == "gunicorn":
        return [
            "gunicorn", "--bind", address, "--worker-class", "gthread",
            "--workers", str(CORES), "--threads", str(threads(app.partition(":")[0])),
            "--log-level", "warning", app,
        ]  # fmt: skip
    if server == "uwsgi":
        # A connection holds its thread while it is kept alive: as many as wrk opens.
        return [
            "uwsgi", "--http11-socket", address, "--master", "--die-on-term",
            "--processes", str(CORES), "--threads", "8", "--need-app",
            "--disable-logging", "--module", app,
        ]  # fmt: skip
    if server == "waitress":
        return ["waitress-serve", f"--listen={address}", "--threads=4", app]
    return [
        "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(CORES), "--http", "1", "--no-ws", "--no-access-log", app,
    ]  # fmt: skip


def server(name: str, app: str) -> Server:
    kind, _, version = name.partition("-")
    version = version or newest()
    venv = packages.environment(kind, version)
    port = free_port()
    program, *words = arguments(kind, port, f"{app}:application")
    return Server(
        name,
        [venv / "bin" / program, *words],
        port=port,
        log=artifacts.WORK / "logs" / f"{name}-{app}.log",
        cwd=artifacts.BENCH / "apps",
        env={
            "PYTHONDONTWRITEBYTECODE": "1",
            "BENCH_FILE": str(artifacts.data_file()),
        },
    )


def version(name: str) -> str:
    """`gunicorn 27.0.1, CPython 3.13`, from the pins."""
    kind, _, python = name.partition("-")
    python = python or newest()
    pins = (packages.REQUIREMENTS / f"{kind}.txt").read_text(encoding="utf-8")
    return f"{pins.split()[0].replace('==', ' ')} on CPython {python}"

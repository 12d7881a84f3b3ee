"""scripts/bench tool: how long the tool takes, and how large what it makes is.

`isthmus war` of a Flask project from a warm cache; `isthmus serve` from its start to
the first answer, and from a saved file to the first answer of the new version; all of
it from an empty directory to the first answer in Tomcat. Wall time: it is what somebody
waits for, so only a quiet machine gives figures to believe. Each run is a new process;
the cache is the benchmark's own, filled before the first.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from bench import artifacts, containers, report, rows, sizes
from bench.artifacts import WORK, run, say
from bench.goals import outcomes
from bench.process import Server, free_port

PLACE = WORK / "tool"
PATIENCE = 300
# How often it is asked: ten times finer than what is measured.
PAUSE = 0.01

JYTHON = ("--engine=jython",)
FLASK3 = ("--kind=flask", "--engine=cpython")


@dataclass(frozen=True)
class Project:
    """A kind of project.

    :ivar new: the options of `isthmus new`.
    :ivar edited: the file that is edited; of what the page shows, `before`, which
        becomes `after` with a number.
    """

    new: tuple[str, ...]
    edited: str
    before: str
    after: str


PROJECTS = {
    "hello": Project(("--kind=hello", *JYTHON), "hello.py", 'u"Hello, ', 'u"Edit %d, '),
    "flask": Project(
        ("--kind=flask", *JYTHON), "app.py", 'name=u"flask"', 'name=u"Edit %d"'
    ),
    "flask3": Project(
        FLASK3, "src/flask3/__init__.py", 'name="flask3"', 'name="Edit %d"'
    ),
}


@dataclass(frozen=True)
class Timed:
    """One thing that somebody waits for.

    :ivar take: does it with a kind of project, and returns the seconds.
    """

    name: str
    what: str
    kind: str
    take: Callable[[str], list[float]]


def war(kind: str) -> list[float]:
    """Make the WAR once more; nothing has changed."""
    return [_war(kind)]


def war_compiled(kind: str) -> list[float]:
    """Compile everything anew; nothing is fetched."""
    shutil.rmtree(PLACE / "cache" / "bytecode")
    return [_war(kind)]


def _war(kind: str) -> float:
    began = time.monotonic()
    isthmus(kind, "war", "-o", PLACE / "timed.war")
    return time.monotonic() - began


def serve(kind: str) -> list[float]:
    """From the start of the command to the first answer."""
    server = _server(kind)
    began = time.monotonic()
    server.start()
    try:
        until(server, b"Hello")
        return [time.monotonic() - began]
    finally:
        server.stop()


def reload(kind: str) -> list[float]:
    """From a saved file to the first answer of the new version, three times."""
    spec = PROJECTS[kind]
    file = project(kind) / spec.edited
    text = file.read_text(encoding="utf-8")
    server = _server(kind)
    server.start()
    taken = []
    try:
        until(server, b"Hello")
        for number in range(3):
            # As an editor saves: whole, or not at all.
            partial = file.with_name("." + file.name)
            edited = text.replace(spec.before, spec.after % number)
            partial.write_text(edited, encoding="utf-8")
            began = time.monotonic()
            os.replace(partial, file)
            until(server, b"Edit %d" % number)
            taken.append(time.monotonic() - began)
        return taken
    finally:
        server.stop()
        file.write_text(text, encoding="utf-8")


def first(kind: str) -> list[float]:
    """From an empty directory to the first answer in Tomcat; nothing is fetched."""
    return [_first(variables())]


def first_fetched(kind: str) -> list[float]:
    """The same, with empty caches of the tool, pip and Maven."""
    place = PLACE / "empty"
    shutil.rmtree(place, ignore_errors=True)
    maven = f"-Dmaven.repo.local={place / 'repository'}"
    cache = {"ISTHMUS_CACHE": str(place / "cache"), "PIP_NO_CACHE_DIR": "1"}
    return [_first({**cache, "MAVEN_OPTS": maven})]


def _first(environment: dict[str, str]) -> float:
    """What the first page of the documentation says, with the file copied."""
    directory, base = PLACE / "first", PLACE / "tomcat"
    for place in (directory, base):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    home, port = artifacts.container_home("tomcat11"), free_port()
    command, variables = containers.tomcat(home, base, port, ())
    log = WORK / "logs" / "first.log"
    server = Server("first", command, port=port, log=log, cwd=base, env=variables)
    words = {**os.environ, **environment}
    began = time.monotonic()
    run(*tool(), "new", "shop", *FLASK3, cwd=directory, env=words)
    run(*tool(), "war", cwd=directory / "shop", env=words)
    (base / "webapps").mkdir()
    shutil.copy2(directory / "shop" / "shop.war", base / "webapps" / "ROOT.war")
    server.start()
    try:
        until(server, b"Hello")
        return time.monotonic() - began
    finally:
        server.stop()


TIMED = (
    Timed("war", "`isthmus war`, Flask, from a warm cache", "flask", war),
    Timed("war-compiled", "the same, its bytecode deleted", "flask", war_compiled),
    Timed("serve-hello", "`isthmus serve` to the first answer, hello", "hello", serve),
    Timed("serve-flask", "the same, Flask", "flask", serve),
    Timed("reload-hello", "a reload, hello", "hello", reload),
    Timed("reload-flask", "the same, Flask", "flask", reload),
    Timed("war-flask3", "`isthmus war`, Flask 3, from a warm cache", "flask3", war),
    Timed(
        "serve-flask3", "`isthmus serve` to the first answer, Flask 3", "flask3", serve
    ),
    Timed("reload-flask3", "a reload, Flask 3", "flask3", reload),
    Timed(
        "first",
        "from an empty directory to the first answer in Tomcat, Flask 3, warm caches",
        "flask3",
        first,
    ),
    Timed(
        "first-fetched",
        "the same, with empty caches of the tool, pip and Maven",
        "flask3",
        first_fetched,
    ),
)
BY_NAME = {timed.name: timed for timed in TIMED}


def until(server: Server, text: bytes) -> None:
    """Wait until the front page has this."""
    deadline = time.monotonic() + PATIENCE
    while text not in page(server):
        if time.monotonic() > deadline or server.process.poll() is not None:
            server.fail("it never came")
        time.sleep(PAUSE)


def page(server: Server) -> bytes:
    """What the front page has; nothing where nobody listens yet."""
    try:
        status, _, body = server.get("/")
    except (OSError, HTTPException):
        return b""
    return body if status == 200 else b""


def _server(kind: str) -> Server:
    port = free_port()
    command = [*tool(), "serve", "--port", port]
    log = WORK / "logs" / f"serve-{kind}.log"
    directory = project(kind)
    return Server(
        f"serve-{kind}", command, port=port, log=log, cwd=directory, env=variables()
    )


def tool() -> list[Path]:
    """The command `isthmus`, of the wheel of this build."""
    artifacts.isthmus_jar("jakarta")
    (wheel,) = artifacts.TARGET.glob("isthmus-*.whl")
    venv = PLACE / "venv"
    stamp = venv / "installed"
    if not stamp.is_file() or stamp.stat().st_mtime < wheel.stat().st_mtime:
        say("installing the tool")
        shutil.rmtree(venv, ignore_errors=True)
        run(sys.executable, "-m", "venv", venv)
        run(venv / "bin" / "pip", "install", "-q", wheel)
        stamp.touch()
    return [venv / "bin" / "isthmus"]


def variables() -> dict[str, str]:
    return {"ISTHMUS_CACHE": str(PLACE / "cache")}


def isthmus(kind: str, *words) -> None:
    run(*tool(), *words, cwd=project(kind), env={**os.environ, **variables()})


def project(kind: str) -> Path:
    return PLACE / kind


def prepare() -> None:
    """Make the projects, and fill the cache with all that they need."""
    tool()
    for kind, spec in PROJECTS.items():
        shutil.rmtree(project(kind), ignore_errors=True)
        run(*tool(), "new", project(kind), *spec.new, cwd=PLACE)
        isthmus(kind, "lock")
        isthmus(kind, "war")
    # `isthmus serve` takes the project's own environment.
    venv = project("flask3") / ".venv"
    run(sys.executable, "-m", "venv", venv)
    run(venv / "bin" / "pip", "install", "-q", "Flask>=3")


def measure(wanted, runs: int) -> dict[str, list[float]]:
    """The seconds by what was waited for; they take turns."""
    taken: dict[str, list[float]] = {timed.name: [] for timed in wanted}
    for number in range(runs):
        for timed in wanted:
            got = timed.take(timed.kind)
            taken[timed.name] += got
            say(f"  run {number + 1}: {timed.name} {min(got):.2f}")
    return taken


def main(words: list[str]) -> int:
    arguments = rows.parser("tool", __doc__).parse_args(words)
    if arguments.list:
        for timed in TIMED:
            print(f"{timed.name}: {timed.what}")
        return 0
    wanted = rows.chosen(arguments.only, BY_NAME)
    prepare()
    results = {"tool": measure(wanted, arguments.runs)}
    text = report.tool_text(results["tool"], {t.name: t.what for t in TIMED})
    sized = PLACE / "sized.war"
    table = sizes.text(sizes.measure(isthmus, sized))
    table += "\n\n" + sizes.text3(*sizes.measure3(isthmus, sized))
    print(f"{text}\n\n{table}\n\n{report.goals_text(results)}")
    if arguments.write:
        body = f"### tool: what somebody waits for\n\n{text}\n\n{table}"
        report.write_texts(results, {"tool": body})
    missed = [outcome for outcome in outcomes(results) if not outcome.met]
    return 1 if arguments.check and missed else 0

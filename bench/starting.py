"""scripts/bench start: the CPU that a web application costs until it answers.

From Tomcat's line "Deploying web application" to the first 200. CPU seconds and not
wall time: they hardly depend on what else the machine does. Each run is a new JVM with
a new copy of everything; the variants take turns, so that what disturbs meets all.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from bench import artifacts, containers, precompiling, report, rows
from bench.artifacts import WORK, say
from bench.containers import Options
from bench.goals import outcomes
from bench.process import Server, free_port

DEPLOYING = b"Deploying web application directory"
PATIENCE = 300

# What an IDE's new project has: Tomcat then looks for fragments and annotations.
SCANNED_XML = """<?xml version="1.0" encoding="UTF-8"?>
<web-app xmlns="http://xmlns.jcp.org/xml/ns/javaee" version="4.0">
{elements}
</web-app>
"""


@dataclass(frozen=True)
class Variant:
    """One web application, in one shape."""

    name: str
    what: str
    kind: str = "isthmus"  # empty | isthmus | workers | modjy
    app: str = "hello"
    path: str = "/"
    in_lib: bool = False  # Jython in WEB-INF/lib instead of WEB-INF/jython
    scanned: bool = False  # a web.xml without <absolute-ordering/>
    precompiled: bool = False  # $py.class beside each source
    archived: bool = False  # the JVM's classes from an archive (AppCDS, AOT cache)
    flags: tuple[str, ...] = ()


FLASK = {"app": "flask_app", "path": "/hello"}
TOKYO = ("-Duser.timezone=Asia/Tokyo",)

VARIANTS = (
    Variant("empty", "one static file", kind="empty", path="/hello.txt"),
    Variant("hello", "as the documentation advises"),
    Variant("hello-precompiled", "the same, precompiled", precompiled=True),
    Variant("hello-archived", "the same, classes from an archive", archived=True),
    Variant("hello-scanned", "web.xml without absolute-ordering", scanned=True),
    Variant("hello-lib", "Jython in WEB-INF/lib", in_lib=True),
    Variant(
        "hello-lib-scanned", "both of these: any web.xml, any layout",
        in_lib=True, scanned=True,
    ),
    Variant("hello-modjy", "modjy, with absolute-ordering", kind="modjy"),
    Variant(
        "hello-modjy-scanned", "modjy as its documentation has it",
        kind="modjy", scanned=True,
    ),
    Variant("flask", "Flask 1.1.4, precompiled", precompiled=True, **FLASK),
    Variant(
        "flask-archived", "the same, classes from an archive",
        precompiled=True, archived=True, **FLASK,
    ),
    Variant(
        "flask-tokyo", "Flask, precompiled, in another time zone",
        precompiled=True, flags=TOKYO, **FLASK,
    ),
    Variant("flask-sources", "Flask from its sources", **FLASK),
    Variant("hello-workers", "hello on CPython, in workers", kind="workers"),
    Variant("flask-workers", "Flask 3 on CPython, in workers", kind="workers", **FLASK),
    Variant("flask-modjy", "Flask on modjy, from its sources", kind="modjy", **FLASK),
)  # fmt: skip
BY_NAME = {variant.name: variant for variant in VARIANTS}


@dataclass(frozen=True)
class Start:
    """One start, from the deployment to the first answer."""

    cpu: float
    wall: float
    whole: float  # CPU from the JVM's own start


def main(words: list[str]) -> int:
    parse = rows.parser("start", __doc__)
    parse.add_argument(
        "--jvm-flags", default="", metavar="FLAGS", help="flags for every JVM"
    )
    arguments = parse.parse_args(words)
    if arguments.list:
        for variant in VARIANTS:
            print(f"{variant.name}: {variant.what}")
        return 0
    starts = measure(
        rows.chosen(arguments.only, BY_NAME),
        arguments.runs,
        arguments.jvm_flags.split(),
    )
    results = {"start": starts}
    text = report.start_text(starts, {v.name: v.what for v in VARIANTS})
    print(f"{text}\n\n{report.goals_text(results)}")
    if arguments.write:
        heading = "### start: CPU until the first answer"
        report.write_texts(results, {"start": f"{heading}\n\n{text}"})
    missed = [outcome for outcome in outcomes(results) if not outcome.met]
    return 1 if arguments.check and missed else 0


def measure(variants, runs: int, flags) -> dict[str, list[Start]]:
    """The starts by variant."""
    starts: dict[str, list[Start]] = {variant.name: [] for variant in variants}
    for variant in variants:
        if variant.archived:
            say(f"making the archive of {variant.name}")
            run(variant, [*flags, *making(variant)])
    for number in range(runs):
        for variant in variants:
            more = using(variant) if variant.archived else []
            got = run(variant, [*flags, *more])
            starts[variant.name].append(got)
            say(f"  start {number + 1}: {variant.name} {got.cpu:.2f}")
    return starts


def is_aot() -> bool:
    """From JDK 25 on there is the AOT cache, with linked classes and profiles."""
    release = (artifacts.java_home() / "release").read_text(encoding="utf-8")
    version = release.partition('JAVA_VERSION="')[2].partition('"')[0]
    return int(version.partition(".")[0]) >= 25


def archive(variant: Variant) -> Path:
    return WORK / "start" / f"{variant.name}.{'aot' if is_aot() else 'jsa'}"


def making(variant: Variant) -> list[str]:
    """Flags of the run whose end writes the archive."""
    file = archive(variant)
    file.unlink(missing_ok=True)
    flag = "-XX:AOTCacheOutput" if is_aot() else "-XX:ArchiveClassesAtExit"
    return [f"{flag}={file}"]


def using(variant: Variant) -> list[str]:
    file = archive(variant)
    if not file.is_file():
        raise SystemExit(f"bench: the JVM wrote no {file}")
    return [f"{'-XX:AOTCache' if is_aot() else '-XX:SharedArchiveFile'}={file}"]


def run(variant: Variant, flags) -> Start:
    tomcat = server(variant, flags)
    tomcat.start()
    try:
        return start(tomcat, variant.path)
    finally:
        tomcat.stop()


def server(variant: Variant, flags) -> Server:
    home = artifacts.container_home("tomcat9")
    base = WORK / "start" / variant.name
    shutil.rmtree(base, ignore_errors=True)
    make_webapp(base / "webapps" / "ROOT", variant)
    port = free_port()
    every = [*variant.flags, *flags]
    command, environment = containers.tomcat(home, base, port, every)
    log = WORK / "logs" / f"start-{variant.name}.log"
    return Server(variant.name, command, port=port, log=log, cwd=base, env=environment)


def make_webapp(webapp: Path, variant: Variant) -> None:
    web_inf = webapp / "WEB-INF"
    if variant.kind == "empty":
        web_inf.mkdir(parents=True)
        (webapp / "hello.txt").write_text("Hello, world!", encoding="ascii")
        write_web_xml(web_inf, containers.WEB_XML, "")
        return
    containers.make_webapp(webapp, variant.kind, variant.app, "javax", Options())
    if variant.scanned:
        write_web_xml(web_inf, SCANNED_XML, elements_of(web_inf))
    if variant.in_lib:
        for jar in (web_inf / "jython").iterdir():
            jar.rename(web_inf / "lib" / jar.name)
        (web_inf / "jython").rmdir()
    if variant.precompiled:
        precompiling.compile_tree(web_inf / "app", web_inf / "lib-python")


def write_web_xml(web_inf: Path, template: str, elements: str) -> None:
    text = template.format(elements=elements)
    (web_inf / "web.xml").write_text(text, encoding="utf-8")


def elements_of(web_inf: Path) -> str:
    """What lies between the head and the end of the web.xml that is there."""
    text = (web_inf / "web.xml").read_text(encoding="utf-8")
    return text.partition("<absolute-ordering/>")[2].partition("</web-app>")[0]


def start(tomcat: Server, path: str) -> Start:
    """Follow one start. Tomcat's port is open before it deploys: the request waits."""
    await_line(tomcat)
    began, at_line = time.monotonic(), tomcat.cpu_seconds()
    while True:
        try:
            status, _, body = tomcat.get(path)
            break
        except (OSError, HTTPException) as error:
            if time.monotonic() > began + PATIENCE or tomcat.process.poll() is not None:
                tomcat.fail(str(error))
            time.sleep(0.01)
    whole, wall = tomcat.cpu_seconds(), time.monotonic() - began
    if status != 200 or b"Hello, world!" not in body:
        tomcat.fail(f"status {status}, {body[-1500:]!r}")
    return Start(cpu=whole - at_line, wall=wall, whole=whole)


def await_line(tomcat: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while DEPLOYING not in tomcat.log.read_bytes():
        if time.monotonic() > deadline or tomcat.process.poll() is not None:
            tomcat.fail("it deployed nothing")
        time.sleep(0.005)

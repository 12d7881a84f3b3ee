"""How large the WARs of the tool are, beside one as Warbler makes it.

Warbler is a gem, and Maven Central has no gems: it is not run here. What it packs is
said in its documentation: the jars of JRuby and JRuby-Rack, the gems that the
application needs, and the application. Those jars are on Maven Central; without a gem
they come to somewhat less than its hello.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

from bench.artifacts import ROOT, WORK, run, tool

KINDS = ("hello", "flask")
# What is left out of the name of an option is as it is without it.
SHAPES = {
    "slim (default)": (),
    "slim, --no-precompile": ("--no-precompile",),
    "standalone": ("--jython=standalone",),
    "none": ("--jython=none",),
    "slim, --executable": ("--executable",),
}
# Of Flask 3, with CPython.
SHAPES3 = {
    "default": (),
    "--strip": ("--strip",),
    "--executable": ("--executable",),
    "--python none": ("--python=none",),
}
JRUBY = "9.4.8.0"
# jruby-complete is both jars of jruby-jars in one.
WARBLERS = (
    ("org.jruby", "jruby-complete", JRUBY),
    ("org.jruby.rack", "jruby-rack", "1.1.22"),
)
RACKUP = b'run lambda { |env| [200, {"Content-Type" => "text/plain"}, ["Hello\\n"]] }\n'


def measure(isthmus, target: Path) -> dict[str, list[int]]:
    """Octets by shape, one for each kind of project; and of Warbler's hello.

    :param isthmus: runs the tool in a kind of project.
    """
    found = {}
    for shape, options in SHAPES.items():
        found[shape] = []
        for kind in KINDS:
            isthmus(kind, "war", "-o", target, *options)
            found[shape].append(target.stat().st_size)
    found[f"Warbler's jars, JRuby {JRUBY}"] = [warblers()]
    return found


def measure3(isthmus, target: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Octets of a WAR of Flask 3 by shape; and of the default by what is in it."""
    found = {}
    for shape, options in SHAPES3.items():
        isthmus("flask3", "war", "-o", target, *options)
        found[shape] = target.stat().st_size
        if not options:
            parts = by_part(target)
    return found, parts


def by_part(war: Path) -> dict[str, int]:
    """Octets in use, the largest first: of CPython, each library, and the rest."""
    parts: Counter[str] = Counter()
    with zipfile.ZipFile(war) as archive:
        for entry in archive.infolist():
            folders = entry.filename.split("/")
            if folders[:2] == ["WEB-INF", "lib-python"]:
                name = folders[2].partition("-")[0]
            elif folders[:2] == ["WEB-INF", "cpython"]:
                name = "CPython"
            else:
                name = "Isthmus and the application"
            parts[name] += entry.compress_size
    return dict(parts.most_common())


def warblers() -> int:
    """The size of a WAR with the jars that Warbler packs, and config.ru."""
    jars = WORK / "warbler"
    for group, name, version in WARBLERS:
        if not (jars / f"{name}-{version}.jar").is_file():
            run(
                tool("mvn"), "-q", "dependency:copy",
                f"-Dartifact={group}:{name}:{version}", f"-DoutputDirectory={jars}",
                cwd=ROOT,
            )  # fmt: skip
    war = jars / "hello.war"
    with zipfile.ZipFile(war, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("WEB-INF/config.ru", RACKUP)
        for _, name, version in WARBLERS:
            jar = f"{name}-{version}.jar"
            archive.write(jars / jar, f"WEB-INF/lib/{jar}")
    return war.stat().st_size


def text(sizes: dict[str, list[int]]) -> str:
    rows = [f"| WAR, MB | {' | '.join(KINDS)} |", "| --- |" + " --- |" * len(KINDS)]
    for shape, octets in sizes.items():
        cells = [f"{size / 1e6:.1f}" for size in octets]
        cells += ["—"] * (len(KINDS) - len(cells))
        rows.append(f"| {shape} | {' | '.join(cells)} |")
    return "\n".join(rows)


def text3(shapes: dict[str, int], parts: dict[str, int]) -> str:
    rows = ["| WAR of Flask 3, MB | |", "| --- | --- |"]
    rows += [f"| {shape} | {size / 1e6:.1f} |" for shape, size in shapes.items()]
    rows += ["", "| in the default, MB | |", "| --- | --- |"]
    rows += [f"| {part} | {size / 1e6:.2f} |" for part, size in parts.items()]
    return "\n".join(rows)

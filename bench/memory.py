"""scripts/bench memory: what an executable WAR needs of a container's memory.

`java -jar app.war` as docs/deploy/docker.md starts it, told by -XX:MaxRAM that the
machine has no more than a pod's limit. The figures are after 1,000 requests: the
process's resident memory, which is what the kernel compares with a limit, its highest
value so far, and what is alive of it in the heap and in the metaspace.
"""

from __future__ import annotations

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import artifacts, report, rows, tool
from bench.artifacts import WORK, say
from bench.process import Server, free_port

REQUESTS = 1000
AT_ONCE = 16
PERCENTAGE = 60
# What Java chooses on one processor with less than 1792 MB.
FLAGS = ("-XX:+UseSerialGC", f"-XX:MaxRAMPercentage={PERCENTAGE}")


@dataclass(frozen=True)
class Variant:
    """A kind of project, and the limit of its pod in MB."""

    kind: str
    limit: int

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.limit}"


VARIANTS = tuple(
    Variant(kind, limit)
    for kind in ("hello", "flask")
    for limit in (256, 384, 512, 1024)
)
BY_NAME = {variant.name: variant for variant in VARIANTS}


@dataclass(frozen=True)
class Used:
    """MB of one process."""

    resident: float
    highest: float
    heap: float
    metaspace: float


def main(words: list[str]) -> int:
    arguments = rows.parser("memory", __doc__).parse_args(words)
    if arguments.list:
        for variant in VARIANTS:
            print(f"{variant.name}: {variant.kind} within {variant.limit} MB")
        return 0
    wanted = rows.chosen(arguments.only, BY_NAME)
    tool.prepare()
    for kind in {variant.kind: None for variant in wanted}:
        tool.isthmus(kind, "war", "--executable", "-o", war(kind))
    used: dict[str, list[Used]] = {variant.name: [] for variant in wanted}
    for number in range(arguments.runs):
        for variant in wanted:
            used[variant.name].append(run(variant))
            say(f"  run {number + 1}: {variant.name} {used[variant.name][-1]}")
    text = table(used)
    print(text)
    if arguments.write:
        report.write_texts({}, {"memory": "### memory: an executable WAR\n\n" + text})
    return 0


def war(kind: str) -> Path:
    return tool.PLACE / f"memory-{kind}.war"


def run(variant: Variant) -> Used:
    """Start it, ask it for its page, and read what it uses."""
    port = free_port()
    work = tool.PLACE / "work"
    command = [
        artifacts.java_home() / "bin" / "java",
        *FLAGS,
        f"-XX:MaxRAM={variant.limit}m",
    ]
    command += ["-jar", war(variant.kind), "--workdir", work, "--host=127.0.0.1"]
    log = WORK / "logs" / f"memory-{variant.name}.log"
    server = Server(
        variant.name, [*command, "--port", port], port=port, log=log, cwd=WORK, env={}
    )
    server.start()
    try:
        server.await_answer("/")
        with ThreadPoolExecutor(AT_ONCE) as clients:
            answers = clients.map(lambda _: server.get("/")[0], range(REQUESTS))
            if set(answers) != {200}:
                server.fail("a request failed")
        return _used(server.pid)
    finally:
        server.stop()


def _used(pid: int) -> Used:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    resident, highest = (
        int(re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)[1]) / 1024
        for name in ("VmRSS", "VmHWM")
    )
    # Last: the collection itself touches the whole heap.
    _jcmd(pid, "GC.run")
    info = _jcmd(pid, "GC.heap_info")
    heap = sum(map(int, re.findall(r"generation +total \d+K, used (\d+)K", info)))
    metaspace = int(re.search(r"Metaspace +used (\d+)K", info)[1])
    return Used(resident, highest, heap / 1024, metaspace / 1024)


def _jcmd(pid: int, command: str) -> str:
    words = [artifacts.java_home() / "bin" / "jcmd", str(pid), command]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout


def table(used: dict[str, list[Used]]) -> str:
    lines = [
        f"| limit, MB | heap at most ({PERCENTAGE} %) | resident | highest | alive in"
        " the heap | metaspace |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, runs in used.items():
        variant = BY_NAME[name]
        cells = [
            f"{median(getattr(one, field) for one in runs):.0f}"
            for field in ("resident", "highest", "heap", "metaspace")
        ]
        most = variant.limit * PERCENTAGE // 100
        first = f"{variant.kind}, {variant.limit}"
        lines.append(f"| {first} | {most} | {' | '.join(cells)} |")
    count = max(len(runs) for runs in used.values())
    caption = f"MB, median of {count}, after {REQUESTS} requests, {AT_ONCE} at once"
    return "\n".join(lines) + f"\n\n{caption}; {report.machine()}."

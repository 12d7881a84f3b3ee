"""The report: tables on the screen, and the same tables in bench/results.md."""

from __future__ import annotations

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path
from statistics import median

from bench import artifacts, containers, cpython
from bench.goals import outcomes
from bench.measuring import is_jvm, is_small
from bench.workloads import BY_NAME

RESULTS = artifacts.BENCH / "results.md"
GOALS_HEAD = (
    "| workload | what | goal | measured (lowest–highest) | met |\n"
    "| --- | --- | --- | --- | --- |"
)


def figure(value: float) -> str:
    """Three digits that matter: 13.3, 0.95, 1024, 75,200."""
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if size >= 100 else f"{value:.3g}"


def spread(values) -> str:
    values = list(values)
    low, high = figure(min(values)), figure(max(values))
    return f"{figure(median(values))} ({low}–{high})"


def goal_rows(results) -> list[str]:
    rows = []
    for outcome in outcomes(results):
        goal = outcome.goal
        unit = f" {goal.unit}"
        measured = f"{figure(outcome.measured)}{unit}"
        span = f"{figure(outcome.lowest)}–{figure(outcome.highest)}"
        met = "yes" if outcome.met else "**no**"
        rows.append(
            f"| {goal.workload} | {goal.text} | {goal.sign} {figure(goal.bound)}{unit}"
            f" | {measured} ({span}) | {met} |"
        )
    return rows


def reference(peer: str, by_peer) -> str:
    """The servlet in the same container under the same flags, else whoever is first."""
    suffix = re.sub(r"^[a-z-]+", "", peer) if is_jvm(peer) else ""
    for candidate in (f"servlet{suffix}", "servlet"):
        if candidate in by_peer:
            return candidate
    return next(iter(by_peer))


def peer_version(peer: str) -> str:
    return (containers if is_jvm(peer) else cpython).version(peer)


def workload_table(name: str, by_peer) -> str:
    workload = BY_NAME[name]
    small = is_small(workload)
    head = ["peer", "req/s", "CPU µs/request", "CPU ÷", "p99 ms", "cut", "what"]
    if not small:
        head[1:3] = ["MB/s", "CPU µs/MB"]
        del head[4:6]
    if workload.kind == "allocation":
        head.insert(4, "octets/request")
    rows = [head, ["---"] * len(head)]
    for peer, samples in by_peer.items():
        base = reference(peer, by_peer)
        pairs = zip(samples, by_peer[base])
        row = [
            peer,
            spread(s.rate if small else s.megabytes for s in samples),
            spread(s.cost if small else s.megabyte_cost for s in samples),
            "—"
            if peer == base
            else f"{spread(one.cost / other.cost for one, other in pairs)} {base}",
        ]
        if workload.kind == "allocation":
            row.append(figure(median(s.allocated for s in samples)))
        if small:
            row.append(figure(median(s.p99 for s in samples)))
            row.append(str(sum(s.errors for s in samples)))
        rows.append([*row, peer_version(peer)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def setting(by_peer, pace) -> str:
    """Date, machine, versions and how quiet it was."""
    samples = [s for row in by_peer.values() for s in row]
    other = median(s.other for s in samples)
    seconds = median(s.seconds for s in samples)
    return (
        f"{datetime.date.today()};"
        f" {pace.forks} × {pace.rounds} rounds of {seconds:.0f} s;"
        f" {os.cpu_count()} cores, {processor()}; {platform.system()}"
        f" {platform.release()}; {java_version()}; other processes took"
        f" {100 * other:.0f} % of the machine (median), at most"
        f" {100 * max(s.other for s in samples):.0f} %."
    )


def processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"model name\s*: (.*)", text)
    return found.group(1) if found else platform.machine()


def java_version() -> str:
    command = [artifacts.java_home() / "bin" / "java", "-version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stderr.splitlines()[1].strip()


def workload_text(name: str, by_peer, pace) -> str:
    """A heading, the table, and the line that says how far to believe it."""
    return (
        f"### {name}: {BY_NAME[name].title}\n\n{workload_table(name, by_peer)}\n\n"
        f"{setting(by_peer, pace)}"
    )


def start_text(starts, what) -> str:
    """The table of scripts/bench start, lowest and median of each variant."""
    rows = [
        "| web application | CPU s, lowest | median | beyond `empty` | since the"
        " JVM's start | wall s | what |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    empty = [start.cpu for start in starts.get("empty", ())]
    for name, row in starts.items():
        cpu = [start.cpu for start in row]
        beyond = "—"
        if empty and name != "empty":
            beyond = f"{min(cpu) - min(empty):.2f} / {median(cpu) - median(empty):.2f}"
        whole = median(start.whole for start in row)
        wall = median(start.wall for start in row)
        rows.append(
            f"| {name} | {min(cpu):.2f} | {median(cpu):.2f} | {beyond} |"
            f" {whole:.2f} | {wall:.1f} | {what[name]} |"
        )
    count = max(len(row) for row in starts.values())
    return "\n".join(rows) + f"\n\n{count} starts each, by turns; {machine()}."


def tool_text(taken, what) -> str:
    """The table of scripts/bench tool: seconds of wall time."""
    rows = ["| what | s (lowest–highest) |", "| --- | --- |"]
    rows += [f"| {what[name]} | {spread(row)} |" for name, row in taken.items()]
    return "\n".join(rows) + f"\n\n{machine()}."


def machine() -> str:
    return (
        f"{datetime.date.today()}; {os.cpu_count()} cores, {processor()};"
        f" {platform.system()} {platform.release()}; {java_version()}"
    )


def goals_text(results) -> str:
    return "\n".join([GOALS_HEAD, *goal_rows(results)])


def section(text: str, name: str, body: str) -> str:
    """Replace what stands between the two markers of this name, or append both."""
    begin, end = f"<!-- {name}: written by scripts/bench -->", f"<!-- {name}: end -->"
    block = f"{begin}\n{body}\n{end}"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if pattern.search(text):
        return pattern.sub(lambda _: block, text)
    return f"{text.rstrip()}\n\n{block}\n"


def write(results, pace) -> None:
    """Rewrite the tables of the workloads measured; keep all else in results.md."""
    write_texts(
        results,
        {name: workload_text(name, rows, pace) for name, rows in results.items()},
    )


def write_texts(results, texts) -> None:
    """Rewrite the goals that results speak of, and each text at its own place."""
    text = RESULTS.read_text(encoding="utf-8")
    old = re.findall(r"^\| (?!workload|---).*$", between(text, "goals"), re.MULTILINE)
    kept = [row for row in old if row.split(" | ")[0][2:] not in results]
    order = [*BY_NAME, "start", "tool"]
    rows = sorted(
        kept + goal_rows(results), key=lambda row: order.index(row.split(" | ")[0][2:])
    )
    text = section(text, "goals", "\n".join([GOALS_HEAD, *rows]))
    for name, body in texts.items():
        text = section(text, name, body)
    RESULTS.write_text(text, encoding="utf-8")


def write_profile(name: str, profile: str) -> None:
    """Put a profile under its own heading, in place of an earlier one."""
    text = RESULTS.read_text(encoding="utf-8")
    body = f"### profile of {name}\n\n```\n{profile.rstrip()}\n```"
    text = section(text, f"profile {name}", body)
    RESULTS.write_text(text, encoding="utf-8")


def between(text: str, name: str) -> str:
    begin, end = f"<!-- {name}: written by scripts/bench -->", f"<!-- {name}: end -->"
    return text.partition(begin)[2].partition(end)[0]

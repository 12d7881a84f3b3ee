"""The command line of scripts/bench."""

from __future__ import annotations

import argparse
import signal
import sys
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from bench import measuring, memory, profiling, report, starting, tool
from bench.containers import Options
from bench.goals import outcomes
from bench.workloads import BY_NAME, WORKLOADS


def parser() -> argparse.ArgumentParser:
    parse = argparse.ArgumentParser(
        prog="scripts/bench", description="Measure Isthmus beside its peers."
    )
    add = parse.add_argument
    add("--quick", action="store_true", help="two short rounds: a first idea only")
    add("--rounds", type=int, metavar="N", help="interleaved rounds (9)")
    add("--seconds", type=float, metavar="S", help="length of a sample (2)")
    add("--forks", type=int, metavar="N", help="start all servers anew N times (1)")
    add("--only", metavar="WORKLOAD,..", default="", help="these workloads")
    add("--peers", metavar="PEER,..", default="", help="of each workload's, these")
    add("--jvm-flags", metavar="FLAGS", default="", help="flags for every JVM")
    add("--baseline", type=Path, metavar="JAR", help="a peer from another Isthmus jar")
    add("--write", action="store_true", help="rewrite the tables in bench/results.md")
    add("--check", action="store_true", help="exit 1 if a goal was missed")
    add("--profile", metavar="WORKLOAD", help="JFR of the Isthmus server instead")
    add("--list", action="store_true", help="name workloads and peers, and end")
    return parse


def names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


def chosen(text: str) -> list:
    """The workloads of these names, or patterns of names such as `session-*`."""
    found = []
    for name in names(text):
        matching = [w for w in WORKLOADS if fnmatchcase(w.name, name)]
        if not matching:
            raise SystemExit(
                f"bench: no workload {name!r}; there are {', '.join(BY_NAME)}"
            )
        found += matching
    if text:
        return found
    return [workload for workload in WORKLOADS if workload.usual]


def pace_of(arguments) -> measuring.Pace:
    pace = measuring.QUICK if arguments.quick else measuring.FULL
    if arguments.rounds:
        pace = replace(pace, rounds=arguments.rounds)
    if arguments.forks:
        pace = replace(pace, forks=arguments.forks)
    if arguments.seconds:
        pace = replace(pace, seconds=arguments.seconds, bulk_seconds=arguments.seconds)
    return pace


def main() -> int:
    # So that a `kill` too leaves by the exits of the blocks, which stop the servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if sys.argv[1:2] == ["start"]:
        return starting.main(sys.argv[2:])
    if sys.argv[1:2] == ["tool"]:
        return tool.main(sys.argv[2:])
    if sys.argv[1:2] == ["memory"]:
        return memory.main(sys.argv[2:])
    arguments = parser().parse_args()
    wanted = names(arguments.peers)
    if arguments.list:
        for workload in WORKLOADS:
            peers = ", ".join(measuring.expand(workload, wanted))
            print(f"{workload.name}: {workload.title}\n    {peers}")
        return 0
    pace = pace_of(arguments)
    options = Options(tuple(arguments.jvm_flags.split()), arguments.baseline)
    if options.baseline:
        options.baseline = options.baseline.resolve(strict=True)
        wanted = wanted and [*wanted, "baseline"]
    if arguments.profile:
        (workload,) = chosen(arguments.profile)
        peer = wanted[0] if wanted else "isthmus"
        text = profiling.profile(workload, peer, pace, options)
        print(text)
        if arguments.write:
            report.write_profile(workload.name, text)
        return 0
    results = {}
    workloads = chosen(arguments.only)
    for name, by_peer in measuring.measure(workloads, wanted, pace, options):
        results[name] = by_peer
        print(report.workload_text(name, by_peer, pace), end="\n\n", flush=True)
        if arguments.write:
            report.write({name: by_peer}, pace)
    print(report.goals_text(results))
    missed = [outcome for outcome in outcomes(results) if not outcome.met]
    return 1 if arguments.check and missed else 0

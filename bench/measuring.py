"""Measuring: servers side by side, checked, warmed up, loaded in interleaved rounds."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby

from bench import containers, cpython, stores
from bench.artifacts import data_file, say
from bench.load import Sample, sample
from bench.process import compiler_seconds
from bench.workloads import HUNDRED_MB, Workload


@dataclass(frozen=True)
class Pace:
    """How long and how often."""

    rounds: int
    seconds: float
    warm_up: float  # factor on each workload's own
    bulk_seconds: float
    forks: int = 1  # how often all servers are started anew


FULL = Pace(rounds=9, seconds=2, warm_up=1.0, bulk_seconds=2)
COARSE_ROUNDS = 5
# More than connections, so that no two requests of one session overlap for long.
SESSIONS = 64
QUICK = Pace(rounds=2, seconds=2, warm_up=0.4, bulk_seconds=1)


def known_peers() -> list[str]:
    return containers.names() + cpython.names()


def expand(workload: Workload, wanted) -> list[str]:
    """The workload's peers, `*` filled in, less what --peers does not want."""
    peers = []
    for name in workload.peers:
        if name.endswith("*"):
            peers += [peer for peer in known_peers() if peer.startswith(name[:-1])]
        else:
            peers.append(name)
    if "baseline" in wanted:
        peers.append("baseline")
    if wanted:
        peers = [peer for peer in wanted if peer in peers]
    if set(peers) & {"uwsgi", "waitress", "granian"} and not cpython.names():
        raise SystemExit("bench: no CPython >= 3.11 found; set BENCH_PYTHONS")
    return peers


def make_server(peer: str, app: str, options):
    kind = peer.partition("+")[0].partition("@")[0]
    if kind in containers.KINDS:
        return containers.server(peer, app, options)
    return cpython.server(peer, app)


def is_jvm(peer: str) -> bool:
    return peer.partition("+")[0].partition("@")[0] in containers.KINDS


def measure(workloads, wanted, pace: Pace, options):
    """Yield each workload's name and its samples by peer as soon as it is done.

    With several forks a name comes again, with the samples of the earlier ones.
    """
    results: dict[str, dict[str, list[Sample]]] = {}
    for _ in range(pace.forks):
        for _, group in groupby(workloads, key=lambda load: (load.app, load.store)):
            for name, by_peer in measure_group(list(group), wanted, pace, options):
                gathered = results.setdefault(name, {})
                for peer, samples in by_peer.items():
                    gathered.setdefault(peer, []).extend(samples)
                yield name, gathered


def measure_group(workloads, wanted, pace: Pace, options):
    """Workloads in succession with one application and store share its servers."""
    first = workloads[0]
    peers = dict.fromkeys(p for load in workloads for p in expand(load, wanted))
    with ExitStack() as running:
        running.callback(stores.stop)
        servers = {}
        for peer in peers:
            if first.store:
                server = running.enter_context(stores.server(peer, first, options))
            else:
                server = make_server(peer, first.app, options)
            running.callback(server.stop)
            server.start()
            servers[peer] = server
        for workload in workloads:
            chosen = {p: servers[p] for p in expand(workload, wanted)}
            yield workload.name, measure_one(workload, chosen, pace)


def measure_one(workload: Workload, servers, pace: Pace) -> dict:
    say(f"{workload.name}: {', '.join(servers)}")
    for server in servers.values():
        server.await_answer(workload.path, workload.headers)
        if workload.store:
            server.begin_sessions(SESSIONS)
    check(workload, servers)
    for peer, server in servers.items():
        warm_up(workload, peer, server, pace)
    seconds = pace.seconds if is_small(workload) else pace.bulk_seconds
    samples: dict[str, list[Sample]] = {peer: [] for peer in servers}
    order = list(servers)
    for number in range(pace.rounds):
        for peer in order:
            if number >= COARSE_ROUNDS and not is_close(peer):
                continue
            samples[peer].append(sample(servers[peer], workload, seconds))
        # Every peer goes first once: what disturbs a moment disturbs all in turn.
        order = order[1:] + order[:1]
        report_round(workload, number, samples)
    return samples


def is_close(peer: str) -> bool:
    """Isthmus and the servlet differ by percents; the others are far away."""
    return is_jvm(peer) and peer != "modjy"


def is_small(workload: Workload) -> bool:
    return workload.kind in ("requests", "allocation")


def report_round(workload, number, samples) -> None:
    costs = {
        peer: row[-1].cost if is_small(workload) else row[-1].megabyte_cost
        for peer, row in samples.items()
    }
    cells = ", ".join(f"{peer} {cost:.1f}" for peer, cost in costs.items())
    say(f"  round {number + 1}: {cells}")


def warm_up(workload: Workload, peer: str, server, pace: Pace) -> None:
    """Load in bursts until the JVM's compilers have come to rest twice in a row."""
    if not is_jvm(peer):
        sample(server, workload, 1)
        return
    burst = 2 if is_small(workload) else 1
    spent, rests = 0.0, 0
    while spent < workload.warm_up * pace.warm_up and rests < 2:
        before = compiler_seconds(server.pid)
        got = sample(server, workload, burst)
        compiling = compiler_seconds(server.pid) - before
        rests = rests + 1 if compiling < 0.03 * got.cpu else 0
        spent += burst


def check(workload: Workload, servers) -> None:
    """Every peer gives the same right answer before anything is measured."""
    digest = None
    for peer, server in servers.items():
        if workload.kind == "upload":
            with data_file().open("rb") as file:
                status, headers, body = server.get("/", method="POST", body=file)
            right = body == str(HUNDRED_MB).encode("ascii")
        else:
            status, headers, body = server.get(workload.path, workload.headers)
            right = workload.body in body
            if workload.kind == "download":
                mine = hashlib.sha256(body).digest()
                digest = digest or mine
                right = mine == digest and len(body) == HUNDRED_MB
            if workload.app == "keys" and peer != "modjy":  # its environ differs
                digest = digest or headers["X-Octets"]
                right = right and headers["X-Octets"] == digest
        if status != 200 or not right:
            server.fail(f"{workload.name} got a wrong answer {status} {body[:300]!r}")


def ratios(numerators, denominators) -> list[float]:
    """Round by round: what slows a moment of the machine slows both sides of it."""
    return [above / below for above, below in zip(numerators, denominators)]

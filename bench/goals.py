"""The goals: what each workload is to reach, and whether it did."""

from __future__ import annotations

from dataclasses import dataclass
from operator import ge, gt, le, lt
from statistics import median
from typing import Callable

from bench.measuring import ratios

SIGNS = {"≤": le, "≥": ge, ">": gt, "<": lt}


@dataclass(frozen=True)
class Goal:
    """A figure made of a workload's samples, round by round, and its bound."""

    workload: str
    text: str
    sign: str
    bound: float
    figures: Callable[[dict], list[float]]
    peers: tuple[str, ...]
    unit: str = "×"


@dataclass(frozen=True)
class Outcome:
    """A goal beside what was measured."""

    goal: Goal
    measured: float
    lowest: float
    highest: float

    @property
    def met(self) -> bool:
        return SIGNS[self.goal.sign](self.measured, self.goal.bound)


def costs(samples) -> list[float]:
    return [sample.cost for sample in samples]


def rates(samples) -> list[float]:
    return [sample.rate for sample in samples]


def cpu_goal(workload, sign, bound, above, below, text) -> Goal:
    def figures(by_peer):
        return ratios(costs(by_peer[above]), costs(by_peer[below]))

    return Goal(workload, text, sign, bound, figures, (above, below))


def rate_goal(workload, sign, bound, above, below, text) -> Goal:
    def figures(by_peer):
        return ratios(rates(by_peer[above]), rates(by_peer[below]))

    return Goal(workload, text, sign, bound, figures, (above, below))


def gunicorn_goal(workload, bound) -> Goal:
    """Against the fastest gunicorn of those measured."""

    def figures(by_peer):
        best = max(
            (rates(rows) for peer, rows in by_peer.items() if "gunicorn" in peer),
            key=median,
        )
        return ratios(rates(by_peer["isthmus+parallel"]), best)

    text = "req/s ÷ the fastest gunicorn's, with -XX:+UseParallelGC"
    return Goal(workload, text, "≥", bound, figures, ("isthmus+parallel", "gunicorn-"))


def extra_allocation(by_peer) -> list[float]:
    pairs = zip(by_peer["isthmus"], by_peer["servlet"])
    return [ours.allocated - plain.allocated for ours, plain in pairs]


def start_goal(above, bound, text) -> Goal:
    """CPU seconds beyond the empty web application's, start by start."""

    def figures(by_variant):
        empty = median(start.cpu for start in by_variant["empty"])
        return [start.cpu - empty for start in by_variant[above]]

    text = f'CPU from "Deploying" to the first 200, beyond an empty WAR\'s: {text}'
    return Goal("start", text, "≤", bound, figures, (above, "empty"), unit="s")


def tool_goal(name, bound, text) -> Goal:
    """Seconds that somebody waits for."""
    return Goal("tool", text, "≤", bound, lambda taken: taken[name], (name,), unit="s")


def worker_goals(workload, cpu, of_granian, rate, rate_of_granian) -> list[Goal]:
    """Flask 3 on CPython beside two servers of the same CPython."""
    return [
        cpu_goal(workload, "≤", cpu, "workers", "gunicorn", "CPU ÷ gunicorn's"),
        cpu_goal(workload, "≤", of_granian, "workers", "granian", "CPU ÷ granian's"),
        rate_goal(workload, "≥", rate, "workers", "gunicorn", "req/s ÷ gunicorn's"),
        rate_goal(
            workload, "≥", rate_of_granian, "workers", "granian", "req/s ÷ granian's"
        ),
    ]


def small_goals(workload) -> list[Goal]:
    return [
        cpu_goal(
            workload, "≤", 1.10, "isthmus", "servlet",
            "CPU per request ÷ the plain servlet's",
        ),
        cpu_goal(
            workload, "≤", 1.10, "isthmus+parallel", "servlet+parallel",
            "the same, both with -XX:+UseParallelGC",
        ),
        cpu_goal(workload, "≥", 5.0, "modjy", "isthmus", "modjy's CPU ÷ ours"),
        rate_goal(workload, ">", 1.0, "isthmus", "granian", "req/s ÷ granian's"),
    ]  # fmt: skip


GOALS = (
    *small_goals("hello"),
    cpu_goal(
        "metrics", "≤", 1.05, "isthmus", "unmetered",
        "CPU per request ÷ the same without metrics",
    ),
    *small_goals("hello-browser"),
    cpu_goal(
        "keys", "≤", 1.25, "isthmus", "servlet",
        "CPU per request ÷ the servlet's with the same reads",
    ),
    rate_goal("stream", "≥", 0.9, "isthmus", "servlet", "speed ÷ the servlet's loop"),
    rate_goal("download", "≥", 0.95, "isthmus", "servlet", "speed ÷ DefaultServlet's"),
    rate_goal("upload", "≥", 0.9, "isthmus", "servlet", "speed ÷ the servlet's loop"),
    gunicorn_goal("flask-hello", 1.5),
    gunicorn_goal("flask-template", 1.2),
    Goal(
        "allocation", "octets per request beyond the plain servlet's", "<", 4096,
        extra_allocation, ("isthmus", "servlet"), unit="B",
    ),
    cpu_goal(
        "workers-hello", "≤", 0.28, "workers", "gunicorn", "CPU ÷ gunicorn's"
    ),
    cpu_goal(
        "workers-hello", "≤", 1.8, "workers", "servlet", "CPU ÷ the plain servlet's"
    ),
    *worker_goals("workers-flask", 0.58, 1.1, 1.8, 0.95),
    *worker_goals("workers-template", 0.60, 1.1, 1.5, 1.0),
    rate_goal("workers-waits", "≥", 1.0, "workers", "gunicorn", "req/s ÷ gunicorn's"),
    rate_goal("workers-stream", "≥", 0.8, "workers", "granian", "speed ÷ granian's"),
    rate_goal("workers-download", "≥", 0.8, "workers", "granian", "speed ÷ granian's"),
    rate_goal(
        "workers-download", "≥", 0.95, "workers", "servlet", "speed ÷ DefaultServlet's"
    ),
    rate_goal("workers-upload", "≥", 0.8, "workers", "granian", "speed ÷ granian's"),
    start_goal("hello", 2.0, "hello"),
    start_goal("hello-precompiled", 2.0, "hello, precompiled as `isthmus war` does"),
    start_goal("flask", 6.0, "Flask, precompiled"),
    start_goal("hello-workers", 0.6, "hello on CPython"),
    start_goal("flask-workers", 1.5, "Flask 3 on CPython"),
    tool_goal("war", 10.0, "`isthmus war`, Flask, from a warm cache"),
    tool_goal("serve-hello", 5.0, "`isthmus serve` to the first answer, hello"),
    tool_goal("serve-flask", 5.0, "`isthmus serve` to the first answer, Flask"),
    tool_goal("reload-hello", 2.0, "a reload after a file is saved, hello"),
    tool_goal("reload-flask", 2.0, "a reload after a file is saved, Flask"),
    tool_goal("serve-flask3", 2.5, "`isthmus serve` to the first answer, Flask 3"),
    tool_goal("reload-flask3", 1.0, "a reload after a file is saved, Flask 3"),
    tool_goal("first", 15.0, "an empty directory to Tomcat's first answer, Flask 3"),
    tool_goal("first-fetched", 60.0, "the same, with empty caches"),
)  # fmt: skip


def present(wanted: str, by_peer) -> bool:
    """`gunicorn-` is any gunicorn; other names are meant as they are."""
    if wanted.endswith("-"):
        return any(peer.startswith(wanted) for peer in by_peer)
    return wanted in by_peer


def outcomes(results) -> list[Outcome]:
    """The goals whose workload and peers were measured."""
    found = []
    for goal in GOALS:
        by_peer = results.get(goal.workload, {})
        if all(present(peer, by_peer) for peer in goal.peers):
            figures = goal.figures(by_peer)
            found.append(Outcome(goal, median(figures), min(figures), max(figures)))
    return found

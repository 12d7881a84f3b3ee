"""What scripts/bench computes and writes, without a server."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bench import (  # noqa: E402
    goals,
    main,
    measuring,
    process,
    report,
    sizes,
    starting,
    tool,
)
from bench.load import Sample  # noqa: E402
from bench.workloads import BY_NAME, WORKLOADS  # noqa: E402


def samples(*costs, **more):
    """One sample per cost in microseconds of CPU per request."""
    return [
        Sample(requests=1000, octets=13000, seconds=1, cpu=c / 1000, other=0, **more)
        for c in costs
    ]


def outcome(results, text):
    (found,) = [o for o in goals.outcomes(results) if text in o.goal.text]
    return found


def test_ratio_is_the_median_of_the_rounds_not_of_the_sums():
    by_peer = {"isthmus": samples(22, 11, 33), "servlet": samples(20, 10, 10)}
    found = outcome({"hello": by_peer}, "the plain servlet's")
    assert found.measured == pytest.approx(1.1)
    assert found.highest == pytest.approx(3.3)


def test_goal_without_its_peers_is_left_out():
    assert goals.outcomes({"hello": {"isthmus+parallel": samples(20)}}) == []


def test_flask_is_compared_with_the_fastest_gunicorn():
    def at(seconds):
        return [Sample(requests=1000, octets=0, seconds=seconds, cpu=1, other=0)]

    by_peer = {
        "isthmus+parallel": at(1.0),
        "gunicorn-3.11": at(4.0),
        "gunicorn-3.13": at(2.0),
    }
    assert outcome({"flask-hello": by_peer}, "gunicorn").measured == pytest.approx(2)


@pytest.mark.parametrize("goal", goals.GOALS, ids=lambda g: f"{g.workload}: {g.text}")
def test_goal_names_a_workload_and_its_peers(goal):
    others = {"start": starting.BY_NAME, "tool": tool.BY_NAME}
    named = others.get(goal.workload) or BY_NAME[goal.workload].peers
    assert all(p in named or f"{p}*" in named for p in goal.peers)


def test_writing_replaces_a_workload_and_keeps_the_rest(tmp_path, monkeypatch):
    results = tmp_path / "results.md"
    text = report.section("# Speed\n\nBy hand.\n", "goals", report.GOALS_HEAD)
    results.write_text(text, encoding="utf-8")
    monkeypatch.setattr(report, "RESULTS", results)
    monkeypatch.setattr(report, "workload_text", lambda name, *_: f"table of {name}")
    small = {"isthmus": samples(20), "servlet": samples(10)}
    report.write({"keys": small}, measuring.QUICK)
    report.write({"hello": small}, measuring.QUICK)
    report.write({"keys": {**small, "isthmus": samples(11)}}, measuring.QUICK)
    written = results.read_text(encoding="utf-8")
    assert "By hand." in written
    assert written.count("table of keys") == 1
    rows = [line for line in written.splitlines() if "≤" in line]
    assert [row.split(" | ")[0] for row in rows] == ["| hello", "| keys"]
    assert "| 2 × (2–2) | **no** |" in rows[0]
    assert "| 1.1 × (1.1–1.1) | yes |" in rows[1]


def starts(*cpu):
    return [starting.Start(cpu=seconds, wall=1, whole=seconds + 1) for seconds in cpu]


def test_start_counts_beyond_the_empty_web_application():
    by_variant = {"empty": starts(0.5, 0.4, 0.9), "hello": starts(2.0, 2.4, 3.9)}
    found = outcome({"start": by_variant}, "hello")
    assert found.measured == pytest.approx(1.9)
    assert found.met
    table = report.start_text(by_variant, {"empty": "nothing", "hello": "an app"})
    assert "| hello | 2.00 | 2.40 | 1.60 / 1.90 | 3.40 | 1.0 | an app |" in table


def test_goals_of_starts_stand_after_those_of_workloads(tmp_path, monkeypatch):
    results = tmp_path / "results.md"
    text = report.section("# Speed\n", "goals", report.GOALS_HEAD)
    results.write_text(text, encoding="utf-8")
    monkeypatch.setattr(report, "RESULTS", results)
    by_variant = {"empty": starts(0.5), "hello": starts(3.0)}
    report.write_texts({"start": by_variant}, {"start": "the table"})
    monkeypatch.setattr(report, "workload_text", lambda name, *_: f"table of {name}")
    small = {"isthmus": samples(20), "servlet": samples(10)}
    report.write({"keys": small}, measuring.QUICK)
    written = results.read_text(encoding="utf-8")
    assert written.index("| keys |") < written.index("| start |")
    assert "the table" in written


def test_what_somebody_waits_for_has_goals_and_a_table():
    taken = {"war": [2.0, 3.0, 11.0], "reload-hello": [0.5, 2.5]}
    found = outcome({"tool": taken}, "isthmus war")
    assert (found.measured, found.met) == (3.0, True)
    table = report.tool_text(taken, {name: t.what for name, t in tool.BY_NAME.items()})
    assert "| `isthmus war`, Flask, from a warm cache | 3 (2–11) |" in table
    assert "| a reload, hello | 1.5 (0.5–2.5) |" in table


def test_sizes_have_a_row_for_each_shape():
    table = sizes.text({"slim": [50_100_000, 52_000_000], "Warbler's": [30_000_000]})
    assert table.splitlines()[2:] == [
        "| slim | 50.1 | 52.0 |",
        "| Warbler's | 30.0 | — |",
    ]


def test_parts_of_a_war_are_summed_up(tmp_path):
    files = {
        "META-INF/MANIFEST.MF": 10,
        "WEB-INF/cpython/linux-x86_64.zip": 900_000,
        "WEB-INF/lib-python/flask/app.py": 300_000,
        "WEB-INF/lib-python/flask-3.1.0.dist-info/RECORD": 100_000,
    }
    with zipfile.ZipFile(tmp_path / "x.war", "w") as war:
        for name, size in files.items():
            war.writestr(name, bytes(size))
    parts = sizes.by_part(tmp_path / "x.war")
    assert list(parts.items()) == [
        ("CPython", 900_000),
        ("flask", 400_000),
        ("Isthmus and the application", 10),
    ]
    assert "| flask | 0.40 |" in sizes.text3({"default": 1_300_010}, parts)


def test_only_takes_names_and_patterns():
    named = [workload.name for workload in main.chosen("keys,session-delta-*")]
    assert named == ["keys", "session-delta-read", "session-delta-write"]
    with pytest.raises(SystemExit, match="session-none"):
        main.chosen("session-none-*")


def test_results_have_a_place_for_every_workload():
    text = report.RESULTS.read_text(encoding="utf-8")
    for name in ["goals", "start", "tool", *(workload.name for workload in WORKLOADS)]:
        assert f"<!-- {name}: written by scripts/bench -->" in text


def test_cpu_time_counts_the_children_of_a_server():
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", f"{code}; print(); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as server:
        server.stdout.readline()
        assert process.cpu_seconds(server.pid) >= 0.29
        server.communicate(b"\n")


def test_process_tree_holds_this_process_and_its_child():
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE
    ) as child:
        assert {os.getpid(), child.pid} <= set(process.process_tree(os.getpid()))
        child.communicate(b"\n")

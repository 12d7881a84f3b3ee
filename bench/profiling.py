"""A profile of the Isthmus server under one workload: JFR and bench/TopFrames.java."""

from __future__ import annotations

import subprocess

from bench import artifacts, measuring
from bench.artifacts import WORK, run, say
from bench.load import sample
from bench.workloads import Workload

# Without it frames are attributed to the nearest safepoint, not to where time goes.
PRECISE = (
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:+DebugNonSafepoints",
    "-XX:FlightRecorderOptions=stackdepth=256",
)
LINES = 20


def profile(workload: Workload, peer: str, pace, options, seconds: float = 12) -> str:
    """Warm up, record under load, and say where the time and the memory went."""
    options.flags += PRECISE
    recording = WORK / f"{workload.name}-{peer}.jfr"
    recording.unlink(missing_ok=True)
    server = measuring.make_server(peer, workload.app, options)
    try:
        server.start()
        server.await_answer(workload.path, workload.headers)
        say(f"warming up {peer} with {workload.name}")
        measuring.warm_up(workload, peer, server, pace)
        jcmd = artifacts.java_home() / "bin" / "jcmd"
        run(jcmd, server.pid, "JFR.start", "name=bench", "settings=profile")
        measured = sample(server, workload, seconds)
        run(jcmd, server.pid, "JFR.dump", "name=bench", f"filename={recording}")
    finally:
        server.stop()
    say(f"{workload.name}: {measured.cost:.1f} µs of CPU per request; {recording}")
    java = artifacts.java_home() / "bin" / "java"
    command = [java, artifacts.BENCH / "TopFrames.java", recording, str(LINES)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bench: TopFrames: {done.stderr}")
    return f"{peer}, {workload.name}, {measured.cost:.1f} µs/request\n\n{done.stdout}"

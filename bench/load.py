"""Load on one server for some seconds, and what it cost the server: a sample.

wrk does the small requests. The 100 MiB transfers have a client of their own: the
kernel throws downloads away unread (MSG_TRUNC) and takes uploads from the page cache
(sendfile), so that the client is never what is measured.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import time
from dataclasses import dataclass

from bench import artifacts
from bench.process import machine_busy_seconds
from bench.workloads import HUNDRED_MB

CHUNK = 4 * 1024 * 1024


@dataclass(frozen=True)
class Sample:
    """What one server did in one round."""

    requests: int
    octets: int
    seconds: float
    cpu: float  # of the server, utime + stime
    other: float  # share of the machine used by neither the server nor the client
    errors: int = 0  # connections cut short
    p99: float = 0.0  # milliseconds
    allocated: float = 0.0  # octets per request

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of the server's CPU per request."""
        return 1e6 * self.cpu / self.requests

    @property
    def megabytes(self) -> float:
        """MB per second."""
        return self.octets / 1e6 / self.seconds

    @property
    def megabyte_cost(self) -> float:
        """Microseconds of the server's CPU per MB."""
        return 1e6 * self.cpu / (self.octets / 1e6)


def client_seconds() -> float:
    """CPU of this process and of the wrk processes that have ended."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(who)[:2]) for who in both)


def sample(server, workload, seconds: float) -> Sample:
    """One sample; `work` is what the workload's kind of load does."""
    work = {"requests": wrk, "download": download, "upload": upload}
    load = work.get(workload.kind, wrk)
    allocated = allocation(server) if workload.kind == "allocation" else (0, 0)
    busy, client = machine_busy_seconds(), client_seconds()
    cpu, start = server.cpu_seconds(), time.monotonic()
    counts = load(server, workload, seconds)
    elapsed = time.monotonic() - start
    cpu = server.cpu_seconds() - cpu
    busy, client = machine_busy_seconds() - busy, client_seconds() - client
    if workload.kind == "allocation":
        requests, octets = allocation(server)
        per_request = (octets - allocated[1]) / (requests - allocated[0])
        counts["allocated"] = per_request
    other = (busy - cpu - client) / elapsed / (os.cpu_count() or 1)
    counts.setdefault("seconds", elapsed)
    return Sample(cpu=cpu, other=max(0.0, other), **counts)


def wrk(server, workload, seconds) -> dict:
    script = "sessions.lua" if workload.store else "wrk.lua"
    command = [
        artifacts.tool("wrk"), "-t1", f"-c{workload.connections}", f"-d{seconds:.0f}s",
        "-s", str(artifacts.BENCH / script),
    ]  # fmt: skip
    for name, value in workload.headers:
        command += ["-H", f"{name}: {value}"]
    command.append(f"http://127.0.0.1:{server.port}{workload.path}")
    if workload.store:
        command += ["--", *server.cookies]
    environment = {**os.environ, "BENCH_WRK": str(artifacts.BENCH / "wrk.lua")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    lines = [line for line in done.stdout.splitlines() if line.startswith("BENCH ")]
    if done.returncode or not lines:
        server.fail(f"wrk failed: {done.stdout}{done.stderr}")
    counts = json.loads(lines[0][6:])
    if counts["status"] or not counts["requests"]:
        server.fail(f"wrk got {counts['status']} bad answers of {counts['requests']}")
    return {
        "requests": counts["requests"],
        "octets": counts["bytes"],
        "seconds": counts["microseconds"] / 1e6,
        "errors": counts["socket"],
        "p99": counts["p99"] / 1000,
    }


def connect(server) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def download(server, workload, seconds) -> dict:
    """Whole downloads, a connection each, until the time is over."""
    request = (
        f"GET {workload.path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n"
    )
    requests = octets = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with connect(server) as client:
            client.sendall(request.encode("ascii"))
            received = discard(client)
        if received < HUNDRED_MB:
            server.fail(f"a download ended after {received} octets")
        requests += 1
        octets += received
    return {"requests": requests, "octets": octets}


def discard(client: socket.socket) -> int:
    """Count what arrives until the end without copying it (tcp(7), MSG_TRUNC)."""
    total = 0
    buffer = bytearray(CHUNK)
    while True:
        received = client.recv_into(buffer, CHUNK, socket.MSG_TRUNC)
        if not received:
            return total
        total += received


def upload(server, workload, seconds) -> dict:
    """Whole uploads on one connection until the time is over."""
    head = (
        f"POST {workload.path} HTTP/1.1\r\nHost: bench\r\n"
        "Content-Type: application/octet-stream\r\n"
        f"Content-Length: {HUNDRED_MB}\r\n\r\n"
    )
    requests = 0
    end = time.monotonic() + seconds
    with artifacts.data_file().open("rb") as file, connect(server) as client:
        while time.monotonic() < end:
            client.sendall(head.encode("ascii"))
            client.sendfile(file, 0)
            answer = read_answer(client)
            if not answer.endswith(str(HUNDRED_MB).encode("ascii")):
                server.fail(f"an upload was answered {answer[:200]!r}")
            requests += 1
    return {"requests": requests, "octets": requests * HUNDRED_MB}


def read_answer(client: socket.socket) -> bytes:
    """Head and body of a short answer with Content-Length."""
    data = b""
    while True:
        head, blank, body = data.partition(b"\r\n\r\n")
        length = next(
            (
                int(line.partition(b":")[2])
                for line in head.lower().split(b"\r\n")
                if line.startswith(b"content-length:")
            ),
            0,
        )
        if blank and len(body) >= length:
            return data
        received = client.recv(65536)
        if not received:
            return data
        data += received


def allocation(server) -> tuple[int, int]:
    """Requests and octets that bench/servlets/AllocationFilter.java has counted."""
    requests, octets = server.get("/allocated")[2].split()
    return int(requests), int(octets)

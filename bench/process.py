"""One server process: started on a free port, awaited, its CPU time read, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stat_fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the command's name, which may hold spaces."""
    text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    return text.rpartition(")")[2].split()


def process_tree(root: int) -> list[int]:
    """The process and its descendants: a pre-forking server's workers count too."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parent = int(stat_fields(int(entry))[1])
            except (OSError, IndexError):
                continue  # it ended while we looked
            children.setdefault(parent, []).append(int(entry))
    tree = [root]
    for pid in tree:
        tree.extend(children.get(pid, ()))
    return tree


def cpu_seconds(root: int) -> float:
    """utime + stime of the tree, and of the children it has already waited for."""
    ticks = 0
    for pid in process_tree(root):
        try:
            fields = stat_fields(pid)
        except OSError:
            continue
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICKS


def compiler_seconds(pid: int) -> float:
    """CPU time of a JVM's just-in-time compiler threads: while it grows it warms up."""
    ticks = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            name = (task / "comm").read_text(encoding="utf-8", errors="replace")
            if name.startswith(("C1 Compiler", "C2 Compiler")):
                stat = (task / "stat").read_text(encoding="utf-8", errors="replace")
                ticks += sum(map(int, stat.rpartition(")")[2].split()[11:13]))
        except OSError:
            continue  # a compiler thread that was no longer needed
    return ticks / TICKS


def machine_busy_seconds() -> float:
    """CPU seconds the whole machine has spent working (or was robbed of) since boot."""
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(
        int, first.split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / TICKS


class Server:
    """A server of one peer with one application; `start` returns when it answers."""

    def __init__(self, name, command, *, port, log, cwd, env):
        self.name = name
        self.command = [str(word) for word in command]
        self.port = port
        self.log = Path(log)
        self.cwd = cwd
        self.env = env
        self.process = None
        # What its log says when it is ready, beside its first answer.
        self.awaited = ""
        # Of one session each, if the workload has sessions.
        self.cookies = []

    @property
    def pid(self) -> int:
        return self.process.pid

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.cwd,
                env={**os.environ, **self.env},
            )

    def await_answer(self, path: str, headers=(), seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        problem = "no answer"
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                self.fail(f"ended with {self.process.returncode}")
            try:
                status, _, body = self.get(path, headers)
                if status == 200 and self.awaited in self.output():
                    return
                problem = f"status {status}, {body[-1500:]!r}"
            except (OSError, HTTPException) as error:
                problem = str(error)
            time.sleep(0.1)
        self.fail(f"not ready after {seconds:.0f} s: {problem}")

    def fail(self, problem: str) -> None:
        tail = self.output()[-4000:]
        raise SystemExit(f"bench: {self.name}: {problem}; end of {self.log}:\n{tail}")

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, path: str, headers=(), method="GET", body=None):
        """Status, headers and body of one request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def begin_sessions(self, count: int) -> None:
        """Let as many clients write into a session each, and keep their cookies."""
        while len(self.cookies) < count:
            _, headers, _ = self.get("/write")
            if "Set-Cookie" not in headers:
                self.fail("there is no cookie of a session")
            self.cookies.append(headers["Set-Cookie"].partition(";")[0])

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.pid)

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            for pid in reversed(process_tree(self.pid)):
                os.kill(pid, 9)
            self.process.wait()

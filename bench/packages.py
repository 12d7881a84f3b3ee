"""Python packages: CPython's servers in virtual environments, Flask for Jython."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from functools import cache
from pathlib import Path

from bench.artifacts import BENCH, WORK, run, say

REQUIREMENTS = BENCH / "requirements"
OLDEST = (3, 11)


@cache
def pythons() -> dict[str, Path]:
    """CPythons from 3.11 on, by version: BENCH_PYTHONS, PATH, a pyenv's versions."""
    candidates = [
        Path(name)
        for name in os.environ.get("BENCH_PYTHONS", "").split(os.pathsep)
        if name
    ]
    if not candidates:
        names = [f"python3.{minor}" for minor in range(OLDEST[1], 30)]
        candidates = [Path(found) for name in names if (found := shutil.which(name))]
        candidates += pyenv_pythons()
        candidates.append(Path(sys.executable))
    found: dict[tuple[int, int], Path] = {}
    for candidate in candidates:
        version = cpython_version(candidate)
        if version and version >= OLDEST:
            found.setdefault(version, candidate)
    return {f"{major}.{minor}": found[major, minor] for major, minor in sorted(found)}


def pyenv_pythons() -> list[Path]:
    pyenv = shutil.which("pyenv")
    if not pyenv:
        return []
    root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=True)
    return sorted(Path(root.stdout.strip()).glob("versions/*/bin/python3"))


def cpython_version(python: Path) -> tuple[int, int] | None:
    """None for a pyenv shim without a version behind it, a PyPy, or nothing at all."""
    code = "import sys; print(sys.implementation.name, *sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True)
    except OSError:
        return None
    words = done.stdout.split()
    if done.returncode or len(words) != 3 or words[0] != "cpython":
        return None
    return int(words[1]), int(words[2])


def environment(server: str, version: str) -> Path:
    """A virtual environment with one server, pinned, and Flask 3."""
    venv = WORK / "venv" / f"{server}-{version}"
    stamp = venv / "installed.txt"
    wanted = [REQUIREMENTS / f"{server}.txt", REQUIREMENTS / "flask.txt"]
    pins = "".join(file.read_text(encoding="utf-8") for file in wanted)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != pins:
        say(f"installing {server} for CPython {version}")
        shutil.rmtree(venv, ignore_errors=True)
        run(pythons()[version], "-m", "venv", venv)
        files = [word for file in wanted for word in ("-r", file)]
        run(venv / "bin" / "pip", "install", "-q", *files)
        stamp.write_text(pins, encoding="utf-8")
    return venv


def lib_python3(version: str) -> Path:
    """Flask 3 for one CPython, for WEB-INF/lib-python."""
    folder = WORK / f"lib-python-{version}"
    pins = (REQUIREMENTS / "flask.txt").read_text(encoding="utf-8")
    stamp = folder.with_name(folder.name + ".txt")
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != pins:
        say(f"installing Flask 3 for CPython {version}")
        shutil.rmtree(folder, ignore_errors=True)
        pip = (pythons()[version], "-m", "pip", "-q", "--disable-pip-version-check")
        run(*pip, "install", "--target", folder, "-r", REQUIREMENTS / "flask.txt")
        stamp.write_text(pins, encoding="utf-8")
    return folder


def lib_python() -> Path:
    """Flask 1.1.4 and what it needs, all pure Python, for WEB-INF/lib-python."""
    folder = WORK / "lib-python"
    pins = (REQUIREMENTS / "flask-jython.txt").read_text(encoding="utf-8")
    stamp = folder.with_suffix(".txt")
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == pins:
        return folder
    say("installing Flask 1.1.4 for Jython")
    shutil.rmtree(folder, ignore_errors=True)
    pip = (sys.executable, "-m", "pip", "-q", "--disable-pip-version-check")
    markup = [pin for pin in pins.split() if pin.startswith("MarkupSafe")]
    wheels = [pin for pin in pins.split() if pin not in markup]
    run(
        *pip, "install", "--no-deps", "--no-compile", "--target", folder,
        "--python-version", "27", "--implementation", "py", "--abi", "none",
        "--platform", "any", "--only-binary", ":all:", *wheels,
    )  # fmt: skip
    # MarkupSafe has no pure wheel; its source has a pure half beside the C extension.
    source = WORK / "dist"
    run(
        *pip, "download", "--no-deps", "--no-binary", ":all:", "-d", source, *markup,
    )  # fmt: skip
    (archive,) = source.glob("MarkupSafe-*.tar.gz")
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            path = Path(member.name)
            if path.parent.name == "markupsafe" and path.suffix == ".py":
                (folder / "markupsafe").mkdir(exist_ok=True)
                data = tar.extractfile(member).read()
                (folder / "markupsafe" / path.name).write_bytes(data)
    stamp.write_text(pins, encoding="utf-8")
    return folder

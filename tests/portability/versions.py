"""Debian's programs here, and those that differences.json was measured with.

Their versions move: what another one does otherwise is for whoever runs
scripts/portability next, and no fault of this project.
"""

import functools
import json
import pathlib
import shutil
import subprocess

FILE = pathlib.Path(__file__).resolve().with_name("versions.json")
APACHE = ("apache2-bin",)
PACKAGES = {
    "uWSGI": ("uwsgi-plugin-python3",),
    "flup FastCGI": ("nginx-light",),
    "flup SCGI": ("nginx-light",),
    "flup AJP": APACHE,
    "mod_wsgi": (*APACHE, "libapache2-mod-wsgi-py3"),
    "CGI": APACHE,
    "run-cgi": APACHE,
}


class Moved(UserWarning):
    """A gateway answers otherwise, in another version than the one that was asked."""


def moved(gateway):
    """{package: version here} of those of a gateway that are not as they were."""
    measured = json.loads(FILE.read_text("utf-8"))
    here = {name: _installed(name) for name in PACKAGES.get(gateway, ())}
    return {name: it for name, it in here.items() if it != measured[name]}


@functools.cache
def _installed(package):
    """Its version without Debian's own parts of it; None where dpkg knows none."""
    if not shutil.which("dpkg-query"):
        return None
    command = ["dpkg-query", "--show", "--showformat=${Version}", package]
    done = subprocess.run(command, capture_output=True, text=True)
    return upstream(done.stdout) if done.returncode == 0 else None


def upstream(version):
    """1.2.3 of 1:1.2.3-4+deb12u5 (deb-version(7))."""
    version = version.partition(":")[2] or version
    return version.rpartition("-")[0] or version

"""Where the local pip looks for packages, and how: proxy and certificates.

Reads pip's own answers, so that whatever makes `pip install` work makes this work.
"""

import ast
import dataclasses
import importlib.util
import os
import re
import shutil
import subprocess
import sys

from isthmus_cli.requirements import Requirements
from isthmus_cli.rules import Rule, ToolError

# Later ones win, as in pip: the command's section, then the environment.
_SECTIONS = ("global", "install", "download", ":env:")
_DEFAULT_INDEX = re.compile(r"--index-url <\w+>.*?\(default\s+(\S+?)\)", re.DOTALL)
_TIMEOUT_SECONDS = 120


@dataclasses.dataclass
class PipSettings:
    """The configuration of pip.

    :ivar index_urls: in the order in which pip asks them.
    :ivar cert: a file of certificates, or None for the usual ones.
    :ivar client_cert: a file with the client's certificate and key, or None.
    :ivar timeout: seconds without receiving data.
    """

    index_urls: list
    find_links: list
    trusted_hosts: list
    proxy: str = None
    cert: str = None
    client_cert: str = None
    timeout: float = 15.0


def read(requirements=None):
    """Return pip's settings, with the options in a requirements file added.

    :param requirements: the Requirements, or None.
    :raises ToolError: there is no pip, or it fails.
    """
    pip = _command()
    values = _values(_output([*pip, "config", "list"]))
    added = requirements or Requirements()
    return PipSettings(
        index_urls=_index_urls(pip, values, added),
        find_links=_words(values.get("find-links")) + added.find_links,
        trusted_hosts=_words(values.get("trusted-host")) + added.trusted_hosts,
        proxy=values.get("proxy"),
        cert=values.get("cert"),
        client_cert=values.get("client-cert"),
        timeout=float(values.get("timeout") or values.get("default-timeout") or 15),
    )


def _index_urls(pip, values, added):
    if added.no_index or _flag(values.get("no-index")):
        return []
    first = added.index_url or values.get("index-url") or _default_index(pip)
    return [first, *_words(values.get("extra-index-url")), *added.extra_index_urls]


def _command():
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    found = shutil.which("pip3") or shutil.which("pip")
    if not found:
        raise ToolError(Rule.PIP_ABSENT, sys.executable)
    return [found]


def _output(command):
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1")
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolError(Rule.PIP_FAILED, " ".join(command), error) from error
    if done.returncode:
        output = done.stderr.decode(errors="replace").strip()
        raise ToolError(Rule.PIP_FAILED, " ".join(command), output)
    return done.stdout.decode(errors="replace")


def _values(listing):
    """Parse the output of `pip config list`: global.index-url='...'."""
    sections = {section: {} for section in _SECTIONS}
    for line in listing.splitlines():
        key, equals, value = line.partition("=")
        section, _, option = key.rpartition(".")
        if equals and section in sections:
            sections[section][option] = str(ast.literal_eval(value))
    merged = {}
    for section in _SECTIONS:
        merged.update({k: v for k, v in sections[section].items() if v})
    return merged


def _default_index(pip):
    # pip shows it only in its help, and in its private modules.
    match = _DEFAULT_INDEX.search(_output([*pip, "download", "--help"]))
    if not match:
        raise ToolError(
            Rule.PIP_FAILED, "pip download --help", "no default --index-url in it"
        )
    return match.group(1)


def _words(value):
    return (value or "").split()


def _flag(value):
    return (value or "").lower() in ("1", "true", "yes", "on", "y", "t")

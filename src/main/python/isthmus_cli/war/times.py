"""The time of a web application: that of the newest of its sources.

By a file's time, containers and frameworks tell browsers whether it has changed, so
each release needs its own. Git's is the same on every machine that has the commit.
"""

import os
import subprocess
from pathlib import Path

from isthmus_cli.rules import Rule, ToolError
from isthmus_cli.war import building

EPOCH = "SOURCE_DATE_EPOCH"

# What states libraries: others may have other files for browsers, too.
_STATING = ("py*.toml", "requirements*.txt", "*.lock")


def of(entries, requirements, directory):
    """The time in seconds since 1970: SOURCE_DATE_EPOCH, or that of the newest source.

    What is as the last commit has it counts with that commit's time.

    :param entries: {name: octets, or the path of a file}, as building.collect has it.
    :param requirements: the value of -r, or None.
    :param directory: of the project.
    """
    named = os.environ.get(EPOCH, "")
    if named:
        if not named.isdigit():
            why = "the environment variable %s is '%s', no number of seconds"
            raise ToolError(Rule.OUTPUT_UNWRITABLE, EPOCH, why % (EPOCH, named))
        return int(named)
    when, committed = _committed(directory)
    files = [*_sources(entries, directory), *([requirements] if requirements else [])]
    changed = [path for path in files if os.path.realpath(path) not in committed]
    return max([when, *(int(os.stat(path).st_mtime) for path in changed)])


def _sources(entries, directory):
    for name, content in entries.items():
        # Libraries have been installed a moment ago.
        if isinstance(content, Path) and not name.startswith(building.LIBRARIES):
            yield content
    for pattern in _STATING:
        yield from filter(Path.is_file, directory.glob(pattern))


def _committed(directory):
    """The time of the last commit, and the real paths of the files that are as in it.

    Without Git, or a commit, that is 0 and no file.
    """
    try:
        top = _git(directory, "rev-parse", "--show-toplevel").rstrip("\n")
        # Unlike `git log`, it has no settings.
        line = _git(top, "rev-list", "-1", "--timestamp", "HEAD")
        tracked = _git(top, "ls-files", "-z").split("\0")
        changed = _git(top, "diff", "--name-only", "-z", "HEAD").split("\0")
    except (OSError, subprocess.CalledProcessError):
        return 0, frozenset()
    root = os.path.realpath(top)
    names = set(tracked).difference(changed)
    files = (os.path.normpath(os.path.join(root, name)) for name in names)
    return int(line.split()[0]), frozenset(files)


def _git(directory, *words):
    """The output of a command of Git that changes nothing."""
    line = ["git", "--no-optional-locks", "-C", directory, *words]
    done = subprocess.run(
        line, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    return os.fsdecode(done.stdout)

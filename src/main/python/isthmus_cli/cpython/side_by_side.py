"""Libraries of several platforms in one directory.

C extensions have their platform in their names, so most libraries share the directory.
One with a file that differs under the same name, as numpy's __config__.py does, has a
folder for each platform, named as --platform names it. A .pth file puts this machine's
on sys.path.
"""

from importlib.metadata import distributions

from isthmus_cli.cpython import targets
from isthmus_cli.python3_rules import Python3Rule
from isthmus_cli.rules import ToolError

PTH = "platforms.pth"
# isthmus.paths executes it where `sitedir` is the directory, as the module site does.
_LINE = """\
import os, sys; \
own = "%%s-%%s" %% (sys.platform, os.uname().machine); \
sys.path.append(os.path.join(sitedir, %r.get(own, own)))
"""
# What an installation says of itself; one for each platform.
_METADATA = ("RECORD", "WHEEL")


def merge(installed, release, directory):
    """Move what was installed for each platform into one directory.

    :param installed: {platform: the directory of its libraries}.
    :param release: the releases.Release that they are for.
    :param directory: a new one.
    :raises ToolError: if a file that differs belongs to no library.
    """
    owners = {platform: _owners(place) for platform, place in installed.items()}
    apart = _differing(installed, owners)
    directory.mkdir(parents=True)
    for platform, place in installed.items():
        own = directory / platform
        for path in _files(place):
            inner = path.relative_to(place)
            is_apart = owners[platform].get(inner.as_posix()) in apart
            target = (own if is_apart else directory) / inner
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
    if apart:
        names = {
            _named_by_python(release, platform): platform for platform in installed
        }
        (directory / PTH).write_text(_LINE % names, "ascii")


def _named_by_python(release, platform):
    """What Python calls a platform: linux-aarch64, darwin-arm64."""
    values = targets.environment(release, platform)
    return "%(sys_platform)s-%(platform_machine)s" % values


def _differing(installed, owners):
    """The names of the libraries whose files differ."""
    found, seen = set(), {}
    for platform, place in installed.items():
        for path in _files(place):
            inner = path.relative_to(place).as_posix()
            first = seen.setdefault(inner, path)
            is_same = first is path or path.name in _METADATA
            if not is_same and first.read_bytes() != path.read_bytes():
                if inner not in owners[platform]:
                    raise ToolError(Python3Rule.LIBRARIES_DIFFER, inner, platform)
                found.add(owners[platform][inner])
    return found


def _files(place):
    return sorted(path for path in place.rglob("*") if path.is_file())


def _owners(place):
    """{path of a file: the name of its library}, by each RECORD."""
    return {
        file.as_posix(): distribution.metadata["Name"]
        for distribution in distributions(path=[str(place)])
        for file in distribution.files or ()
    }

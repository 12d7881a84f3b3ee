"""How a CPython on a platform appears to wheels and markers of Python packaging.

A web application's libraries may need no newer a glibc than its CPython does.
"""

from packaging.tags import compatible_tags, cpython_tags, mac_platforms

# The oldest macOS that Homebrew and wheels of 2026 still know.
_MACOS = (12, 0)
# The oldest glibc of any wheel (PEP 513).
_OLDEST_MINOR = 5
_LEGACY = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
_SYSTEMS = {"linux": ("linux", "Linux"), "macosx": ("darwin", "Darwin")}
_MACHINES = {"linux-arm64": "aarch64"}


def platforms(release, platform):
    """The platform tags of wheels that run there, the best ones first.

    :param release: a releases.Release.
    :param platform: JavaCPP's name of a platform, such as linux-x86_64.
    """
    system, _, machine = platform.partition("-")
    if system == "macosx":
        return list(mac_platforms(_MACOS, machine))
    machine = _MACHINES.get(platform, machine)
    found = []
    for minor in range(int(release.glibc.split(".")[1]), _OLDEST_MINOR - 1, -1):
        found.append("manylinux_2_%d_%s" % (minor, machine))
        if minor in _LEGACY:
            found.append("%s_%s" % (_LEGACY[minor], machine))
    return found


def tags(release, platform):
    """The Tags of wheels that run there, the best ones first."""
    version = tuple(map(int, release.feature.split(".")))
    names = platforms(release, platform)
    interpreter = "cp" + release.feature.replace(".", "")
    yield from cpython_tags(version, [interpreter], names)
    yield from compatible_tags(version, interpreter, names)


def environment(release, platform):
    """The values of markers there."""
    system, _, machine = platform.partition("-")
    sys_platform, platform_system = _SYSTEMS[system]
    return {
        "implementation_name": "cpython",
        "implementation_version": release.version,
        "os_name": "posix",
        "platform_machine": _MACHINES.get(platform, machine),
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": platform_system,
        "platform_version": "",
        "python_full_version": release.version,
        "python_version": release.feature,
        "sys_platform": sys_platform,
    }


def marker(release, platform):
    """A marker that holds on this platform alone."""
    values = environment(release, platform)
    system = "sys_platform == '%(sys_platform)s' and platform_machine"
    return (system + " == '%(platform_machine)s'") % values

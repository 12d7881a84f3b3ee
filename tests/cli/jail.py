"""Runs Java on a machine of its own that has a JDK and no Python: a root directory.

The root is in memory, in a mount namespace that is gone with the process; an ordinary
user makes it in a user namespace. It has the C library, zlib, the JDK and the libraries
that it needs, and what is named: no shell, no /etc/passwd, no Python.
"""

import os
import pathlib
import re
import shlex
import shutil
import subprocess

# Root needs no user namespace, which a container of CI's may refuse.
FLAGS = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
NOBODY = 65534
_PROGRAMS = ("unshare", "sh", "mount", "mkdir", "cp", "touch", "chmod", "chroot")
_DEVICES = ("/dev/null", "/dev/random", "/dev/urandom", "/dev/zero")
# All that a C library consists of, and zlib: Python needs what Java may not.
_BASE = ("c", "dl", "m", "pthread", "resolv", "rt", "util", "nss_files", "z")
_NEEDED = re.compile(r"(?:=> )?(/\S+) \(0x")
# Of a JDK's libraries, what a server loads: those for desktops need many more.
_SERVER = ("jvm", "jli", "java", "jimage", "verify", "zip", "net", "nio", "extnet")
_SERVER += ("management", "management_ext", "instrument", "jaas", "prefs", "rmi")


def command(words, jdk, root, shared=(), copied=None, is_nobody=False):
    """The command line that runs another one there.

    :param words: that command line; its program is in the JDK.
    :param jdk: the Jdk.
    :param root: an empty directory.
    :param shared: directories that are there too, by the same paths.
    :param copied: {path there: the file} of more, outside of /tmp.
    :param is_nobody: whether a user without a name runs it; all but /tmp is read-only.
    """
    tools = {name: _tool(name) for name in _PROGRAMS}
    _check(tools["unshare"])
    place = shlex.quote(str(root))
    mounted = "%s -t tmpfs tmpfs %s" % (tools["mount"], place)
    lines = ["set -e", mounted, "cd " + place]

    def add(text, *paths):
        lines.append(text % tools + " " + " ".join(shlex.quote(str(p)) for p in paths))

    # First: what is shared may be below /tmp, as a clone may be.
    add("%(mkdir)s -p ./tmp; %(mount)s -t tmpfs tmpfs ./tmp; %(chmod)s 1777 ./tmp")
    directories = ["/proc", jdk.home, *_linked(jdk.home), *shared]
    for directory in dict.fromkeys(map(str, directories)):
        add("%(mkdir)s -p", "." + directory)
        add("%(mount)s --rbind", directory, "." + directory)
    for device in _DEVICES:
        add("%(mkdir)s -p ./dev; %(touch)s", "." + device)
        add("%(mount)s --bind", device, "." + device)
    files = {path: path for path in _libraries(jdk.home)}
    for path, file in {**files, **(copied or {})}.items():
        add("%(mkdir)s -p", "." + os.path.dirname(path))
        add("%(cp)s -L", file, "." + path)
    user = []
    if is_nobody:
        # Only that it is read-only is to be in the way.
        add("%(chmod)s 777 . ; %(mount)s -o remount,bind,ro .")
        # An ordinary user already is one without a name.
        if os.geteuid() == 0:
            user = ["--userspec=%d:%d" % (NOBODY, NOBODY), "--groups="]
    add("exec %(chroot)s", *user, ".", *words)
    return [tools["unshare"], *FLAGS, tools["sh"], "-c", "\n".join(lines)]


def programs(pid):
    """The Pythons in the root of a running one, by their paths there."""
    python = re.compile(r"python[\d.]*")
    root = pathlib.Path("/proc/%d/root" % pid)
    found = []
    for directory, names, files in os.walk(root):
        if directory == str(root):
            names.remove("proc")
        found += [os.path.join(directory, n) for n in files if python.fullmatch(n)]
    return ["/" + os.path.relpath(path, root) for path in found]


def _check(unshare):
    tried = [unshare, *FLAGS, _tool("true")]
    done = subprocess.run(tried, capture_output=True, text=True)
    why = "mount namespaces, which this test needs, are refused: run it as root with"
    why += " CAP_SYS_ADMIN, or allow user namespaces (%s)" % done.stderr.strip()
    assert done.returncode == 0, why


def _tool(name):
    # The environment may already be that of the other machine.
    found = shutil.which(name, path="/usr/bin:/bin:/usr/sbin:/sbin")
    assert found, "there is no %s, which makes a machine without Python" % name
    return found


def _linked(home):
    """Directories that links of the JDK lead to, as Debian's do to /etc."""
    real = {pathlib.Path(home).resolve()}
    links = [path for path in pathlib.Path(home).rglob("*") if path.is_symlink()]
    for link in links:
        target = link.resolve()
        if target.exists() and not any(r in target.parents for r in real):
            real.add(target if target.is_dir() else target.parent)
    real.discard(pathlib.Path(home))
    return sorted(real)


def _libraries(home):
    """What the JDK's programs and libraries are linked with, the C library, zlib."""
    names = {"lib%s.so" % name for name in _SERVER}
    files = [f for f in pathlib.Path(home, "lib").rglob("*.so") if f.name in names]
    files.append(pathlib.Path(home, "bin", "java"))
    output = subprocess.run(
        [_tool("ldd"), *files], capture_output=True, text=True
    ).stdout
    found = {path for path in _NEEDED.findall(output) if not path.startswith(str(home))}
    for libc in [path for path in found if path.endswith("/libc.so.6")]:
        for name in _BASE:
            beside = pathlib.Path(libc).parent.glob("lib%s.so.[0-9]" % name)
            found.update(map(str, beside))
    return sorted(found)

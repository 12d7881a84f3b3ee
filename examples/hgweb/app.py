"""Mercurial's hgweb over the repositories of a directory."""

import os
import sys
import tempfile

if sys.platform.startswith("java"):
    # The wheel that Mercurial's Python comes from takes its modules in C for granted.
    os.environ["HGMODULEPOLICY"] = "py"
    import plain_osutil

    import isthmus.compat.fcntl
    import isthmus.compat.gc
    import isthmus.compat.imports
    import isthmus.compat.mmap
    import isthmus.compat.struct
    import isthmus.compat.zlib  # noqa: F401

    sys.modules["mercurial.pure.osutil"] = plain_osutil
else:
    # Otherwise it takes that of the locale, which a server may not have.
    os.environ.setdefault("HGENCODING", "UTF-8")
    # Mercurial 7 wants this before the first repository.
    import mercurial.initialization  # noqa: F401

from mercurial import commands, hg
from mercurial import ui as uis
from mercurial.hgweb import hgweb


def make_sample(directory):
    """Make a repository with one commit, to have something to see."""
    ui = uis.ui.load()
    ui.setconfig(b"ui", b"username", b"Isthmus <isthmus@example.org>")
    ui.setconfig(b"ui", b"quiet", True)
    repository = hg.repository(ui, os.path.join(directory, b"sample"), create=True)
    with open(repository.wjoin(b"hello.py"), "w") as file:
        file.write('print("Hello from a repository.")\n')
    commands.commit(ui, repository, addremove=True, message=b"A first program")


def octets(path):
    """Mercurial's paths are byte strings, which on Python 2 they are anyway."""
    return path if isinstance(path, bytes) else os.fsencode(path)


def directory():
    named = os.environ.get("HG_REPOSITORIES")
    if named:
        return octets(named)
    made = octets(tempfile.mkdtemp(prefix="hgweb"))
    make_sample(made)
    return made


ui = uis.ui.load()
# Of a real application: behind a login and TLS, these two as they are by default.
ui.setconfig(b"web", b"allow-push", b"*")
ui.setconfig(b"web", b"push_ssl", False)
application = hgweb({b"/": os.path.join(directory(), b"*")}, baseui=ui)

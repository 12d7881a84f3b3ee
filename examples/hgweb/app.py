"""Mercurial's hgweb over the repositories of a directory."""

import os
import sys
import tempfile

# The wheel that Mercurial's Python comes from has it that its modules in C are there.
os.environ["HGMODULEPOLICY"] = "py"
if sys.platform.startswith("java"):
    import plain_osutil

    import isthmus.compat.fcntl
    import isthmus.compat.gc
    import isthmus.compat.imports
    import isthmus.compat.mmap
    import isthmus.compat.struct
    import isthmus.compat.zlib  # noqa: F401

    sys.modules["mercurial.pure.osutil"] = plain_osutil

from mercurial import commands, hg
from mercurial import ui as uis
from mercurial.hgweb import hgweb


def make_sample(directory):
    """Make a repository with one commit, to have something to see."""
    ui = uis.ui.load()
    ui.setconfig(b"ui", b"username", b"Isthmus <isthmus@example.org>")
    ui.setconfig(b"ui", b"quiet", True)
    repository = hg.repository(ui, os.path.join(directory, "sample"), create=True)
    with open(repository.wjoin(b"hello.py"), "w") as file:
        file.write('print("Hello from a repository.")\n')
    commands.commit(ui, repository, addremove=True, message=b"A first program")


def directory():
    named = os.environ.get("HG_REPOSITORIES")
    if named:
        return named
    made = tempfile.mkdtemp(prefix="hgweb")
    make_sample(made)
    return made


ui = uis.ui.load()
# Of a real application: behind a login and TLS, these two as they are by default.
ui.setconfig(b"web", b"allow-push", b"*")
ui.setconfig(b"web", b"push_ssl", False)
application = hgweb({"/": os.path.join(directory(), "*")}, baseui=ui)

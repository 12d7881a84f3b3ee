"""Which processes a process has started, as /proc has it."""

import os


def children(parent):
    """The process identifiers of a process's children, zombies included."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % pid) as stat:
                fields = stat.read().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(parent):
            yield int(pid)

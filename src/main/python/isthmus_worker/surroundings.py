"""What a worker has of its process: standard streams, a parent to end with."""

import os
import shutil
import signal
import sys

_PR_SET_PDEATHSIG = 1


def take_standard_streams():
    """Return standard input and output, which are the container's, as descriptors.

    What the application reads from then on is nothing; what it writes goes where
    standard error does, until there is a pipe for it. The descriptors are not
    inherited by programs that it runs.
    """
    commands, events = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdin = sys.__stdin__ = open(0, closefd=False)
    return commands, events


def leave_terminal():
    """Be of no terminal's process group: Ctrl-C there is for the container alone.

    It ends its workers in order then.
    """
    try:
        os.setsid()
    except OSError:
        pass  # it leads a group of its own already


def leave_ends_to_container():
    """Have SIGTERM and SIGINT do nothing.

    systemd sends the one to all processes of a service at once, a terminal may send the
    other before this process has left it; the container ends its workers in order then.
    Children have the signals as ever: a program that is run forgets handlers, and what
    is forked is told to.
    """
    signals = {
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGINT: signal.default_int_handler,
    }

    def forked():
        for number, handler in signals.items():
            signal.signal(number, handler)

    for number in signals:
        signal.signal(number, lambda number, frame: None)
    os.register_at_fork(after_in_child=forked)


def end_with(parent):
    """End when the container does, however: it may be killed, and this be a loop in C.

    The end of standard input tells as much, but needs Python's lock (worker.py). The
    signal comes when the *thread* that has started this process ends, hence the thread
    that the container keeps for that.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        return
    if os.getppid() != parent:
        os._exit(1)  # it was killed just before


def vanish(directory):
    """End at once, and leave no pipes: the container is not there any more."""
    shutil.rmtree(directory, ignore_errors=True)
    os._exit(1)

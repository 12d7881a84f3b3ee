"""Sets up a worker's process: standard streams, signals, ending with its parent."""

import _thread
import errno
import faulthandler
import fcntl
import os
import signal
import sys
import termios

from isthmus_worker.tracebacks import formatted

_PR_SET_PDEATHSIG = 1

# The greatest oom_score_adj: such a process is always the first (proc(5)).
_MOST_SCORE = 1000

# Exit codes, after sysexits.h: an internal error (EX_SOFTWARE), and one of the system
# (EX_OSERR). ExitCodes.java explains them.
_DEFECT = 70
_CLOSED = 71


def take_standard_streams():
    """Take over standard input and output, which lead to the container.

    From then on, the application finds standard input empty, and writes to standard
    error until there is a pipe for its output. Programs that it runs do not inherit the
    descriptors.

    :return: two descriptors, for commands and events.
    """
    commands, events = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdin = sys.__stdin__ = open(0, closefd=False)
    return commands, events


def take_terminal(path):
    """Make a terminal standard input and output, for a debugger.

    `input` and `pdb` use it directly, with line editing. It does not control this
    process, so reading from it is never refused to a background process.
    """
    terminal = os.open(path, os.O_RDWR | os.O_NOCTTY)
    for number in (0, 1):
        os.dup2(terminal, number)
    os.close(terminal)
    sys.stdin = sys.__stdin__ = open(0, closefd=False)
    sys.stdout = sys.__stdout__ = open(1, "w", buffering=1, closefd=False)


def leave_terminal():
    """Leave the terminal and its process group: Ctrl-C is for the container only.

    The container then ends its workers gracefully. A session of its own would do the
    same, but Linux schedules each session as a group (CONFIG_SCHED_AUTOGROUP): a worker
    would be scheduled apart from the thread that waits for it on a busy machine.
    """
    try:
        os.setpgid(0, 0)
    except OSError:
        pass  # it already leads a session of its own
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return  # there is none
    # Otherwise a program that asks for a password there would be stopped (SIGTTIN).
    try:
        fcntl.ioctl(terminal, termios.TIOCNOTTY)
    except OSError:
        pass
    finally:
        os.close(terminal)


def unblock_signals():
    """Unblock all signals, as in a process that a shell has started.

    A JVM blocks SIGQUIT, which asks it for a thread dump. Its child processes inherit
    that, and so would each process that the application starts.
    """
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def show_stacks_on_quit():
    """Make SIGQUIT write the stack of each thread to standard error, as in a JVM.

    Otherwise it would end the worker, and who asks all processes of a service for their
    stacks would cut their requests. Child processes react as usual.
    """
    faulthandler.register(signal.SIGQUIT, file=2, all_threads=True)
    os.register_at_fork(after_in_child=lambda: faulthandler.unregister(signal.SIGQUIT))


def leave_ends_to_container():
    """Ignore SIGTERM and SIGINT, because the container ends its workers gracefully.

    systemd sends SIGTERM to all processes of a service at once, and a terminal may send
    SIGINT before this process has left its group. Child processes react as usual: a
    program that is run forgets handlers, and a forked process resets them.
    """
    signals = {
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGINT: signal.default_int_handler,
    }

    def forked():
        for number, handler in signals.items():
            signal.signal(number, handler)

    for number in signals:
        signal.signal(number, _leave)
    os.register_at_fork(after_in_child=forked)


def _leave(number, frame):
    """Do nothing about a signal."""


def replaced_threads():
    """Return the module whose green threads have taken the place of threads, or "".

    They switch when one waits by a function of that library, and ours would not: no
    request would be answered.
    """
    module = getattr(_thread.start_new_thread, "__module__", None) or ""
    return module if module.partition(".")[0] in ("eventlet", "gevent") else ""


def guard_handlers(report):
    """Keep exceptions of the application's signal handlers out of the main thread.

    There they would end the process. Only an import can set handlers, because that is
    the main thread's; until it ends, they may raise, for example as a timeout.

    Our own stays as it is: to set it again would undo what C code has set since, such
    as faulthandler.

    :param report: called with an exception.
    """
    for number in signal.valid_signals():
        handler = signal.getsignal(number)
        if handler is _leave or isinstance(handler, (_Guarded, signal.Handlers)):
            continue
        if callable(handler):
            signal.signal(number, _Guarded(handler, report))


class _Guarded:
    """A signal handler that raises nothing."""

    def __init__(self, handler, report):
        self._handler = handler
        self._report = report

    def __call__(self, number, frame):
        try:
            self._handler(number, frame)
        except BaseException as e:
            self._report(e)


def end_with(parent):
    """End this process when the container ends, even if that is killed.

    The worker also notices the end of standard input, but only if no C code holds
    Python's lock (worker.py). The kernel sends the signal when the *thread* that
    started this process ends, so the container keeps a thread for that.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        return
    if os.getppid() != parent:
        os._exit(1)  # the container was killed just before


def end_before(score):
    """Have the kernel end this process, not the container, when memory runs out.

    Any process may raise its own score, which its child processes inherit.

    :param score: added to what the container has set, or whoever has started it.
    """
    try:
        with open("/proc/self/oom_score_adj", "r+") as file:
            own = int(file.read())
            file.seek(0)
            file.write(str(min(_MOST_SCORE, own + score)))
    except OSError:
        pass  # there is no such file, or a sandbox allows no write


def is_closed(error):
    """Return whether the application has closed a pipe that it has not opened."""
    return isinstance(error, OSError) and error.errno == errno.EBADF


def break_off(error):
    """End at once, because of an exception outside of the application.

    Without the thread that it would end, requests would wait forever; the container
    starts another worker instead.
    """
    _end_with(error, _CLOSED if is_closed(error) else _DEFECT)


def end_child(error):
    """End a forked process that has left the application, as Python ends a program.

    It has no other thread, and its response would be a second one for one request.
    """
    # isinstance asks the exception itself, which may raise another one.
    if not issubclass(type(error), SystemExit):
        _end_with(error, 1)
    if isinstance(error.code, (int, type(None))):
        os._exit((error.code or 0) & 255)
    _end_with(error, 1, lambda error: "%s\n" % (error.code,))


def _end_with(error, code, described=formatted):
    try:
        sys.stderr.write(described(error))
        sys.stderr.flush()
    finally:
        os._exit(code)


def vanish(directory):
    """End at once and delete the pipes, because the container no longer exists."""
    try:
        for name in os.listdir(directory):
            os.unlink(os.path.join(directory, name))
        os.rmdir(directory)
    except OSError:
        pass  # the next start of the web application deletes what is left
    os._exit(1)

"""A worker's life: what it prepares, which commands it follows, how it ends."""

import atexit
import contextlib
import difflib  # noqa: F401 (isthmus.absent imports it when the application is there)
import faulthandler
import gc
import os
import pkgutil  # noqa: F401 (likewise)
import queue
import sys
import threading

from isthmus import (
    data_sources,
    importing,
    loading,
    logs,
    modules,
    paths,
    preloading,
    rules,
)
from isthmus_worker import bytecode, frames, surroundings
from isthmus_worker.control import Control
from isthmus_worker.records import cut
from isthmus_worker.rules import Rules
from isthmus_worker.service import Service
from isthmus_worker.streams import ERROR, INFO, WARNING, LogStream
from isthmus_worker.tasks import Tasks
from isthmus_worker.tracebacks import formatted


class Worker:
    """One process, from START to EXIT.

    Threads: the main thread imports applications, as some require (``signal.signal``),
    and ends the process; one receives commands; requests have threads of their own
    (crew.py).

    :param start: the content of the container's first frame.
    """

    def __init__(self, control, start):
        self._control = control
        self._directory = start["directory"]
        self._web_inf = start["web_inf"]
        self._work = queue.SimpleQueue()
        self._is_ready = False
        rules.install(start["rules"])
        # Removed, because it has passwords: the main thread keeps start as a local.
        data_sources.install(start.pop("services"))
        outputs = [self._stream(*each) for each in _STREAMS]
        for output in outputs:
            # Before any that the application registers, so it is called after them.
            atexit.register(output.finish)
        sys.stdout = sys.__stdout__ = outputs[0]
        # What C code prints.
        self._printed = ("o", 1), ("e", 2)
        if start["terminal"]:
            surroundings.take_terminal(start["terminal"])
            self._printed = (("e", 2),)
        self._stderr = sys.stderr = sys.__stderr__ = outputs[1]
        self._rules = Rules(start["rules"])
        self._service = Service(
            self._directory,
            self._rules,
            start["threads"],
            outputs,
            self._dropped,
        )
        for name in "qoe":
            os.mkfifo(os.path.join(self._directory, name), 0o600)
        for number in range(start["slots"]):
            self._service.make_slot(number)
        logs.install(self._record, start["log_level"], self._wants)
        importing.explain = _unexplained
        if start["temporary"]:
            kept = os.path.join(start["temporary"], "isthmus-pycache")
            # A copy of what a jar has goes with its bytecode at the end.
            copies = os.path.join(start["temporary"], "")
            path = [p for p in start["class_path"] if not p.startswith(copies)]
            bytecode.keep_in(kept, filter(None, [self._web_inf, *path]))
        paths.install(self._web_inf, start["class_path"])
        paths.place_eggs(start["temporary"])
        os.register_at_fork(after_in_child=self._forked)
        control.send(frames.HELLO, list(sys.version_info[:3]), sys.executable)

    def _stream(self, name, level, fd):
        return LogStream(self._line, self._lines, name, level, fd)

    def _line(self, name, level, text):
        self._log(name, level, text, False)

    def _dropped(self, number, failure):
        self._control.send(frames.DROPPED, number, failure)

    def _record(self, name, level, text):
        self._lines(name, level, "%s: %s" % (name, text))

    def _lines(self, name, level, text):
        self._log(cut(name), level, text, True)

    def _error(self, text):
        self._say(ERROR, text)

    def _say(self, level, text):
        self._log("isthmus", level, text, True)

    def _log(self, name, level, text, has_lines):
        if self._control.is_forked:
            # As from any process without a log; nobody may be there to read it.
            with contextlib.suppress(OSError):
                self._stderr.write(text + "\n")
        else:
            self._control.send(frames.LOG, name, level, cut(text), has_lines)

    def _using_tasks(self, seconds):
        self._control.send(frames.TASKS, seconds)

    def _wants(self, name, level):
        if self._control.is_forked:
            return level >= INFO
        return self._control.ask("wants", cut(name), level) is not False

    def run(self):
        """Import applications as the container requests, until EXIT."""
        _thread(self._commands, "isthmus-commands")
        while True:
            work = self._work.get()
            if work is None:
                self._service.stopping()
                return
            outcome = self._load(*work)
            # Before the first request, which may come at once.
            surroundings.guard_handlers(self._handled)
            self._control.send(*outcome)
            self._service.flush_lines()

    def _handled(self, error):
        """Log what a signal handler has raised; in a forked process, raise it."""
        if self._control.is_forked:
            raise error
        message = self._rules.message("APPLICATION_RAISED", " in a signal handler")
        self._error("%s\n%s" % (message, formatted(error)))

    def _commands(self):
        """Follow the container's commands; end the process if the container has."""
        try:
            while True:
                command = self._control.receive()
                if command is None:
                    break
                self._follow(*command)
        except BaseException as e:
            if surroundings.is_closed(e):
                surroundings.break_off(e)
            sys.stderr.write(formatted(e))
        surroundings.vanish(self._directory)

    def _follow(self, kind, content):
        if kind == frames.LOAD:
            self._work.put(content)
        elif kind == frames.EXIT:
            self._work.put(None)
        elif kind == frames.OPEN:
            self._service.make_slot(content[0])
            self._control.send(frames.OPENED, content[0])
        elif kind == frames.CLOSE:
            self._service.drop_slot(content[0])
        elif kind == frames.WORKER_QUERY_REPLY:
            self._control.answered(*content)
        elif kind == frames.QUERY:
            self._answer(*content)

    def _answer(self, number, what, argument):
        """Answer a question of the container; an error does not end the worker."""
        try:
            answer = self._asked(what, argument)
            self._control.send(frames.QUERY_REPLY, number, answer)
        except Exception as e:
            sys.stderr.write(formatted(e))
            self._control.send(frames.QUERY_REPLY, number, None)

    def _asked(self, what, argument):
        if what == "stack":
            return self._service.stack(argument)
        if what == "modules":
            return modules.loaded()
        if what == "files":
            return _imported_files()
        if what == "path":
            return _not_ours(paths.entries(sys.path))
        return None

    def _load(self, index, spec):
        """Import an application, and return the frame that says what came of it."""
        self._prepare()
        try:
            paths.extend(spec["path"], self._web_inf)
            preloading.preload(spec["preload"])
            application, name = loading.load(spec["app"], self._web_inf)
            if self._control.is_forked:
                # Before it takes a request that is for the worker.
                surroundings.end_child(self._rules.forked())
            replaced = surroundings.replaced_threads()
            if replaced:
                raise importing.LoadError("THREADS_REPLACED", replaced)
            tasks = self._tasks(name, spec["tasks"])
            self._service.add(index, application, name, spec, self._error, tasks)
        except BaseException as e:
            if self._control.is_forked:
                surroundings.end_child(e)
            rule, values, text = "", (), None
            if issubclass(type(e), importing.LoadError):
                rule, values, text = e.rule, e.values, e.traceback or ""
            # Then an import fails with an exception that does not say so.
            replaced = surroundings.replaced_threads()
            if replaced:
                rule, values = "THREADS_REPLACED", [replaced]
            values = [cut(str(value)) for value in values]
            text = cut(formatted(e) if text is None else text)
            return frames.NOT_LOADED, index, rule, values, text
        # These objects will stay, so the garbage collector need not check them again.
        gc.collect()
        gc.freeze()
        return frames.LOADED, index, name

    def _tasks(self, name, options):
        after = self._service.flush_lines
        return Tasks(name, options, self._rules, self._say, self._using_tasks, after)

    def _prepare(self):
        """Redirect what C code prints to the pipes that the container has opened.

        A terminal stays standard output.
        """
        if not self._is_ready:
            self._is_ready = True
            for name, number in self._printed:
                output = os.open(os.path.join(self._directory, name), os.O_WRONLY)
                os.dup2(output, number)
                os.close(output)

    def _forked(self):
        """Close the pipes in a child process, or the container would wait for it."""
        for fd in (*self._control.forked(), *self._service.forked()):
            if fd >= 0:
                os.close(fd)


_STREAMS = (("stdout", INFO, 1), ("stderr", WARNING, 2), ("errors", ERROR, 2))


def _unexplained(cause, stack):
    """Explain nothing: isthmus.diagnosis explains what only Jython cannot do."""
    return None


def _imported_files():
    """Return the files of modules."""
    files = [getattr(m, "__file__", None) for m in list(sys.modules.values())]
    return _not_ours(f for f in files if isinstance(f, str))


def _not_ours(files):
    """Return paths without ours, which each start writes again."""
    ours = os.path.dirname(os.path.dirname(__file__))
    return [f for f in files if f != ours and not f.startswith(ours + os.sep)]


def _thread(target, name):
    threading.Thread(target=target, name=name, daemon=True).start()


def main():
    """Run a worker until the container ends it."""
    gc.enable()  # __main__.py has disabled it
    surroundings.show_stacks_on_quit()
    surroundings.unblock_signals()
    surroundings.leave_terminal()
    surroundings.leave_ends_to_container()
    control = Control(*surroundings.take_standard_streams())
    kind, start = control.receive() or (None, None)
    if kind != frames.START:
        return
    surroundings.end_with(start["parent"])
    surroundings.end_before(start["oom_score"])
    faulthandler.enable()
    worker = Worker(control, start)
    worker.run()
    sys.stdout.flush()
    sys.stderr.flush()

"""``isthmus.submit`` in environ: runs callables beside requests, and after them."""

from __future__ import absolute_import

import collections
import sys
import threading
import time
import traceback

from isthmus import rules

try:
    from threading import get_ident
except ImportError:
    from thread import get_ident

# Not affected by changes of the clock: Jython's time.clock is System.nanoTime.
_seconds = getattr(time, "monotonic", None) or time.clock


class Submit(object):
    """What an application calls; the engine gives the threads.

    A thread takes one task after the other and ends when none is left.

    :param threads: how many there are at most.
    :param max_queue: how many tasks may wait for one.
    :param start: called with a task's name when another thread is needed.
    """

    def __init__(self, threads, max_queue, start):
        self._max_threads = threads
        self._max_queue = max_queue
        self._start = start
        self._changed = threading.Condition()
        self._queue = collections.deque()
        self._threads = 0
        self._running = {}
        self._ended = False

    def __call__(*arguments, **keywords):
        """Call a function with these arguments, soon, on another thread.

        Return None: what the function returns is dropped, what it raises is logged.

        :raises TypeError: if it is not callable (IS0544).
        :raises RuntimeError: if too many tasks are waiting (IS0545), or the application
            is ending (IS0542).
        """
        # Without names, which would be taken from the function's own keywords.
        self, arguments = arguments[0], arguments[1:]
        if not (arguments and callable(arguments[0])):
            got = ["something of type " + type(a).__name__ for a in arguments[:1]]
            raise rules.refused("SUBMIT_CALLABLE", TypeError, *got or ["nothing"])
        task = _Task(arguments[0], arguments[1:], keywords)
        if self._add(task):
            try:
                self._start(task.name)
            except:  # noqa: E722 - Java's exceptions too
                if self._take_back(task):
                    raise
            finally:
                self._start_for_rest()

    def _add(self, task):
        """Put a task into the queue; return True if it needs another thread."""
        with self._changed:
            if self._ended:
                raise rules.refused("SUBMIT_ENDED", RuntimeError, task.name)
            # New threads have not taken their tasks from the queue yet.
            total = len(self._queue) + len(self._running)
            if total >= self._max_threads + self._max_queue:
                why = "isthmus.submit.max_queue is %d, and that many tasks are waiting"
                why %= self._max_queue
                raise rules.refused("SUBMIT_FULL", RuntimeError, task.name, why)
            self._queue.append(task)
            needs = self._threads < self._max_threads
            self._threads += needs
            return needs

    def _take_back(self, task):
        """Return True if no other thread has taken a task that got none of its own."""
        with self._changed:
            self._threads -= 1
            self._changed.notify_all()
            if task not in self._queue:
                return False
            self._queue.remove(task)
            return True

    def _start_for_rest(self):
        """Start a thread for tasks that wait for one that failed, or did not start."""
        while True:
            with self._changed:
                if self._threads or not self._queue:
                    return
                self._threads += 1
                task = self._queue[0]
            try:
                self._start(task.name)
            except:  # noqa: E722 - Java's exceptions too
                if self._take_back(task):
                    _log_lost(task.name)

    def take(self):
        """Return this thread's next task; None if it is to end."""
        with self._changed:
            self._running.pop(get_ident(), None)
            if not self._queue:
                self._threads -= 1
                self._changed.notify_all()
                return None
            task = self._queue.popleft()
            self._running[get_ident()] = task.name
            return task

    def leave(self):
        """End this thread, which take() has not told to: it has failed."""
        with self._changed:
            self._running.pop(get_ident(), None)
            self._threads -= 1
            self._changed.notify_all()
        self._start_for_rest()

    def refuse(self):
        """Take no further tasks."""
        with self._changed:
            self._ended = True

    def end(self, seconds):
        """Wait until all tasks have ended; drop and describe those that have not.

        :return: a text, empty if all have ended.
        """
        until = _seconds() + seconds
        with self._changed:
            self._ended = True
            left = seconds
            # Tasks may wait while a thread is started for them.
            while (self._threads or self._queue) and left > 0:
                self._changed.wait(left)
                left = until - _seconds()
            waiting = [task.name for task in self._queue]
            self._queue.clear()
            found = ("running", self._running.values()), ("waiting", waiting)
            return "; ".join(_described(*each) for each in found if each[1])

    def __repr__(self):
        return "<isthmus.submit>"


class _Task(object):
    """A function and its arguments."""

    __slots__ = ("_arguments", "_function", "_keywords", "name")

    def __init__(self, function, arguments, keywords):
        self._function = function
        self._arguments = arguments
        self._keywords = keywords
        self.name = _name(function)

    def __call__(self):
        self._function(*self._arguments, **self._keywords)


def _name(function):
    """Return what the log calls a function: ``package.module:name``."""
    function = getattr(function, "func", function)  # of functools.partial
    name = getattr(function, "__qualname__", None) or getattr(function, "__name__", "")
    if not name:
        function = type(function)
        name = function.__name__
    module = getattr(function, "__module__", None)
    if not isinstance(module, str):  # Jython's sys.exit has one of Java's fields there
        module = getattr(getattr(function, "__self__", None), "__name__", "?")
    return "%s:%s" % (module, name)


def _log_lost(name):
    """Log why a task that nobody waits for has got no thread."""
    text = rules.message("TASK_RAISED", name)
    sys.stderr.write("%s\n%s" % (text, traceback.format_exc()))


def _described(state, names):
    """Return "running 3 (shop:send 2, shop:bill)" of these names."""
    names = list(names)
    counts = [(name, names.count(name)) for name in sorted(set(names))]
    each = [n if count == 1 else "%s %d" % (n, count) for n, count in counts]
    return "%s %d (%s)" % (state, len(names), ", ".join(each))

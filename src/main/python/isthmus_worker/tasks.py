"""The threads of ``isthmus.submit``, and how their tasks end with the process."""

import os
import sys
import threading

from isthmus.tasks import Submit
from isthmus_worker.streams import ERROR, WARNING
from isthmus_worker.surroundings import end_child
from isthmus_worker.tracebacks import formatted


class Tasks:
    """What one application has submitted.

    :param app: the application's name.
    :param options: ``threads``, ``max_queue``, and ``drain`` in seconds.
    :param rules: the messages.
    :param say: called with a level and a text for the log.
    :param using: called with the seconds that the end may take, before the first task.
    :param after: called when a task has ended.
    """

    def __init__(self, app, options, rules, say, using, after):
        self._app = app
        self.drain = options["drain"]
        self._rules = rules
        self._say = say
        self._using = using
        self._after = after
        self._pid = os.getpid()
        self.submit = _Submit(
            options["threads"], options["max_queue"], self._start, self._refuse_child
        )

    def _refuse_child(self):
        if os.getpid() != self._pid:
            raise self._rules.forked()

    def _start(self, name):
        # At once: two threads may submit the first tasks.
        using, self._using = self._using, None
        if using is not None:
            using(self.drain)
        # A daemon thread: only end() waits for it.
        threading.Thread(target=self._work, name="isthmus-submit", daemon=True).start()

    def _work(self):
        task = self  # until take() says that this thread is to end
        try:
            while (task := self.submit.take()) is not None:
                try:
                    self._run(task)
                except BaseException as e:  # of the log
                    sys.stderr.write(formatted(e))
        finally:
            if task is not None:
                self.submit.leave()

    def _run(self, task):
        try:
            task()
        except BaseException as e:
            if os.getpid() != self._pid:
                end_child(e)
            message = self._rules.message("TASK_RAISED", task.name)
            self._say(ERROR, "%s (%s)\n%s" % (message, self._app, formatted(e)))
        if os.getpid() != self._pid:
            end_child(self._rules.forked())
        self._after()

    def end(self, seconds):
        """Wait for what has been submitted; log what then has not ended."""
        left = self.submit.end(seconds)
        if left:
            message = self._rules.message("TASKS_CUT", left, "%g" % self.drain)
            self._say(WARNING, "%s (%s)" % (message, self._app))


class _Submit(Submit):
    """Checks that this is the worker: a forked process has none of its threads.

    First of all, as one of them may have held the lock.
    """

    def __init__(self, threads, max_queue, start, check):
        super().__init__(threads, max_queue, start)
        self._check = check

    def __call__(*arguments, **keywords):
        arguments[0]._check()
        Submit.__call__(*arguments, **keywords)

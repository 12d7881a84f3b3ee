"""The threads of ``isthmus.submit``, and how their tasks end with the process."""

import os
import threading
import traceback

from isthmus.tasks import Submit
from isthmus_worker.streams import ERROR, WARNING


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
        self.submit = Submit(options["threads"], options["max_queue"], self._start)

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
                except BaseException:  # of the log
                    traceback.print_exc()
        finally:
            if task is not None:
                self.submit.leave()

    def _run(self, task):
        try:
            task()
        except BaseException:
            if os.getpid() == self._pid:
                message = self._rules.message("TASK_RAISED", task.name)
                text = "%s (%s)\n%s" % (message, self._app, traceback.format_exc())
                self._say(ERROR, text)
        if os.getpid() != self._pid:
            os._exit(1)  # a forked process, which has no other thread
        self._after()

    def end(self, seconds):
        """Wait for what has been submitted; log what then has not ended."""
        left = self.submit.end(seconds)
        if left:
            message = self._rules.message("TASKS_CUT", left, "%g" % self.drain)
            self._say(WARNING, "%s (%s)" % (message, self._app))

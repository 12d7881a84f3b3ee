"""Communication outside of requests: the container's commands, the worker's events."""

import marshal
import queue
import threading

from isthmus_worker import frames


class Control:
    """The standard input and output that the process was started with.

    Threads: any may send and ask; one receives.
    """

    def __init__(self, commands, events):
        self._commands = frames.Frames(commands)
        self._events = events
        self._lock = threading.RLock()
        self._answers = {}
        self._count = 0
        self._fds = (commands, events)
        self.is_forked = False

    def forked(self):
        """Give it up in a child process; return the descriptors that this must close.

        From then on, nothing is sent: their numbers are soon those of other files. If
        the child forks in turn, those are its own, so there is nothing more to close.
        """
        self.is_forked = True
        fds, self._fds = self._fds, ()
        return fds

    def receive(self):
        """Return kind and content of the next command; None at the end of input."""
        frame = self._commands.next()
        return None if frame is None else (frame[1], marshal.loads(frame[3]))

    def send(self, kind, *content):
        """Send an event.

        :raises ValueError: if it is too large.
        """
        if self.is_forked:
            return
        payload = marshal.dumps(content, 2)
        if len(payload) > frames.LARGEST_WHOLE - 8:
            raise ValueError("an event of %d octets is too large" % len(payload))
        header = frames.HEADER.pack(8 + len(payload), 0, kind, 0)
        # A reentrant lock: a signal handler may log while this very thread does.
        with self._lock:
            frames.write_all(self._events, header + payload)

    def ask(self, *content):
        """Return the container's answer; None if it does not come in 5 seconds."""
        answer = queue.SimpleQueue()
        with self._lock:
            self._count += 1
            number = self._count
            self._answers[number] = answer
        try:
            self.send(frames.WORKER_QUERY, number, *content)
            return answer.get(timeout=5)
        except queue.Empty:
            return None
        finally:
            self._answers.pop(number, None)

    def answered(self, number, content):
        """Pass the container's answer on to the thread that asked."""
        answer = self._answers.get(number)
        if answer is not None:
            answer.put(content)

"""The threads that serve requests: one leads; if its request takes long, another does.

The leader takes requests one after the other, so short ones cost no switch of threads.
A guard checks every few milliseconds: if a request keeps the leader busy, the next
thread takes the lead. If requests prove to be long, the leader hands over before each.
If all threads stay busy, what waits is given back: another worker may be free.
"""

import threading
import time

from isthmus_worker.surroundings import break_off

# Seconds without progress after which another thread takes the lead.
_STEP = 0.005
# After so many long requests in a row, the next one is expected to be long, too.
_LONG = 3
# After so many checks of a crew that is wholly busy, others may begin sooner.
_BUSY = 10
# After so many checks of an idle crew, the guard sleeps until there is a request.
_IDLE = 200


class _Hand:
    """One thread of the crew."""

    __slots__ = ("began", "bell", "serving", "turn")

    def __init__(self):
        self.bell = threading.Lock()
        self.bell.acquire()
        self.began = 0.0  # when the request began, if requests prove to be long
        self.serving = False
        self.turn = 0


class Crew:
    """Serves requests on threads that start when they are needed.

    :param take: returns a request, or None when no more will come; called by one thread
        at a time.
    :param serve: called with a request, by any of the threads.
    :param max_threads: how many threads to start at most.
    :param look: called by the guard every few milliseconds, for at least a second after
        a request has begun.
    :param give_back: called by the guard, while no thread takes requests, again and
        again if none of them has ended its request for some time.
    """

    def __init__(
        self, take, serve, max_threads, look=lambda: None, give_back=lambda: None
    ):
        self._take = take
        self._serve = serve
        self._max_threads = max_threads
        self._look = look
        self._give_back = give_back
        self._mutex = threading.Lock()
        self._leader = None
        self._resting = []
        self._count = 0
        # True while the leader is busy and no other thread could take over.
        self._wanted = False
        self._long = 0
        self._ended = False
        self._sleeping = False
        self._alarm = threading.Lock()
        self._alarm.acquire()

    def start(self):
        """Start serving, on the crew's own threads."""
        with self._mutex:
            self._leader = self._new()
        _thread(lambda: _required(self._guard), "isthmus-guard")

    def _new(self):
        hand = _Hand()
        name = "isthmus-%d" % (self._count + 1)
        _thread(lambda: _required(self._work, hand), name)
        self._count += 1
        return hand

    def _lead_new(self):
        """Let a new hand lead; return False if the system has no thread for it now."""
        try:
            self._leader = self._new()
        except RuntimeError:
            return False
        return True

    def _work(self, hand):
        """Serve all requests."""
        while True:
            request = self._take()
            if request is None:
                self._end()
                return
            hand.turn += 1
            hand.serving = True
            if self._sleeping:
                self._wake()
            hand.began = 0.0
            if self._long >= _LONG:
                hand.began = time.monotonic()
                self._hand_over(hand)
            self._serve(request)
            if not self._leads_on(hand) and not self._rest(hand):
                return

    def _leads_on(self, hand):
        """Return whether this hand is still, or again, the leader."""
        with self._mutex:
            hand.serving = False
            if hand.began and time.monotonic() - hand.began < _STEP:
                self._long -= 1
            if self._leader is hand:
                self._wanted = False
                if not hand.began:
                    self._long = 0
                return True
            if self._wanted:
                self._wanted = False
                self._leader = hand
                return True
            self._resting.append(hand)
            return False

    def _rest(self, hand):
        """Wait to lead; return False if there is nothing left to do."""
        if not self._ended:
            hand.bell.acquire()
        return not self._ended

    def _hand_over(self, hand):
        """Let another hand lead, if one is free, while this one serves."""
        with self._mutex:
            if self._leader is not hand or not hand.serving:
                return
            if self._resting:
                self._leader = self._resting.pop()
                self._leader.bell.release()
            elif self._count == self._max_threads or not self._lead_new():
                self._wanted = True

    def _guard(self):
        seen, turn, idle, busy = None, 0, 0, 0
        while not self._ended:
            time.sleep(_STEP)
            self._look()
            leader = self._leader
            stays = leader is seen and leader.turn == turn
            seen, turn = leader, leader.turn
            idle = idle + 1 if stays and not leader.serving else 0
            busy = busy + 1 if stays and self._wanted else 0
            if busy >= _BUSY:
                self._spare()
            elif stays and leader.serving and not self._wanted:
                self._long = min(self._long + 1, 2 * _LONG)
                self._hand_over(leader)
            elif idle > _IDLE:
                idle = 0
                self._sleep(leader)

    def _spare(self):
        """Give back what waits; under the lock, so that nobody begins to take."""
        with self._mutex:
            if self._wanted and self._leader.serving:
                self._give_back()

    def _sleep(self, leader):
        self._sleeping = True
        if self._leader is leader and not leader.serving and not self._ended:
            self._alarm.acquire()
            return
        # A request has begun meanwhile; it may or may not have woken the guard.
        with self._mutex:
            if self._sleeping:
                self._sleeping = False
            else:
                self._alarm.acquire()

    def _wake(self):
        with self._mutex:
            if self._sleeping:
                self._sleeping = False
                self._alarm.release()

    def _end(self):
        """End the resting hands too, because no more requests will come."""
        with self._mutex:
            self._ended = True
            for hand in self._resting:
                hand.bell.release()
        self._wake()


def _required(target, *arguments):
    """Call what must go on: an exception in it is a bug, and ends the process."""
    try:
        target(*arguments)
    except BaseException as e:
        break_off(e)


def _thread(target, name):
    """Start a thread that does not keep the process from ending."""
    threading.Thread(target=target, name=name, daemon=True).start()

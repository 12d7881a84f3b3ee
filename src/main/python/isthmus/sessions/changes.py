"""The keys that a request changes in a session which is read whole and then written."""


class Changes(object):
    """What ``isthmus.session`` had when it was read, and what is to be written to it.

    Only what has changed is written: writing back what Java code has stored would
    change its type, and undo what another request has written meanwhile.

    :param container: ``environ["isthmus.session"]``.
    """

    def __init__(self, container):
        self._container = container
        # {key: how its value looked in the container}
        self._seen = {}

    def read(self):
        """Return all that Python can read of the session, as a dict."""
        found = {}
        for key in self._container:
            try:
                found[key] = self._container[key]
            except KeyError:
                pass  # another request has removed it, or ended the session
        self._see(found)
        return found

    def write(self, values):
        """Make these the only values of the session."""
        for key in set(self._seen).difference(values):
            self._container.pop(key, None)
        for key, value in values.items():
            if repr(value) != self._seen.get(key):
                self._container[key] = value
        self._see(values)

    def replace(self):
        """Make the next ``write`` remove everything that is there now."""
        self._seen = dict.fromkeys(self._container)

    def end(self):
        """End the session; a later write begins a new one."""
        self._container.invalidate()
        self._seen = {}

    def _see(self, values):
        self._seen = {key: repr(value) for key, value in values.items()}

"""A framework's session in the container's, key by key, written at once."""

try:
    from collections.abc import MutableMapping
except ImportError:
    from collections import MutableMapping

_NONE = object()  # no default, because None is one


class Keys(MutableMapping):
    """A mapping over ``isthmus.session``, for frameworks that change values in place.

    A write reaches the container at once, so a value that it refuses fails on the line
    that writes it. What is changed in place is written by ``write_changed``.

    :ivar accessed: whether it has been read or written.
    :ivar modified: whether it has been written.
    :param container: ``environ["isthmus.session"]``.
    """

    modified = accessed = False

    def __init__(self, container):
        self._container = container
        # Of each key that was read or written, the value, and how it looked then.
        self._values = {}
        self._seen = {}

    def __getitem__(self, key):
        self.accessed = True
        if key not in self._values:
            self._keep(key, self._container[key])
        return self._values[key]

    def __setitem__(self, key, value):
        self._container[key] = value
        self._keep(key, value)
        self.accessed = self.modified = True

    def __delitem__(self, key):
        self.accessed = True
        self._values.pop(key, None)
        del self._container[key]
        self.modified = True

    def pop(self, key, default=_NONE):
        try:
            value = self[key]
            # KeyError here, too, if another request has removed it meanwhile.
            del self[key]
        except KeyError:
            if default is _NONE:
                raise
            value = default
        return value

    def __contains__(self, key):
        self.accessed = True
        return key in self._container

    def __iter__(self):
        self.accessed = True
        return iter(self._container)

    def __len__(self):
        self.accessed = True
        return len(self._container)

    def clear(self):
        """End the session; a later write begins a new one."""
        self._container.invalidate()
        self._values.clear()
        self.accessed = self.modified = True

    def write_changed(self):
        """Write what was changed in place."""
        for key, value in self._values.items():
            if repr(value) != self._seen[key]:
                self._container[key] = value
                self._keep(key, value)

    def _keep(self, key, value):
        self._values[key] = value
        self._seen[key] = repr(value)

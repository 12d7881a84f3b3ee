"""The container's side of isthmus.session, without a container."""


class Container:
    """What isthmus.session calls.

    kept  the attributes, or None if there is no session
    """

    kept = None
    rotations = 0

    def __call__(self, name, *arguments):
        return getattr(self, name.replace("session.", ""))(*arguments)

    def get(self, key):
        return [self.kept[key]] if key in (self.kept or {}) else []

    def set(self, key, value):
        self.kept = {**(self.kept or {}), key: value}

    def rotate(self):
        self.rotations += 1

    def invalidate(self):
        self.kept = None

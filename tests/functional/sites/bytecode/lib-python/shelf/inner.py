"""A module of a package."""


def fail():
    raise ValueError("on purpose")

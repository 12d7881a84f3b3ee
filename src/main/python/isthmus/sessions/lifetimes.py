"""How long a session lasts: what frameworks allow, as ``isthmus.session`` takes it."""

# Of HttpSession.setMaxInactiveInterval: 68 years.
_LONGEST = 2**31 - 1


def seconds(lifetime):
    """Return the ``max_age`` that comes closest to a number of seconds."""
    return int(max(1, min(lifetime, _LONGEST)))

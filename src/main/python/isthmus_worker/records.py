"""The longest text that goes to the container's log as one record."""

# Characters; what C code prints is logged in parts of as many octets (WorkerLog.java).
LONGEST = 65536


def cut(text):
    """Return a text without its middle, and how much that was, if it is too long.

    Of a traceback the end is as telling as the beginning. The container keeps a whole
    record in memory, several times.
    """
    more = len(text) - LONGEST
    if more <= 0:
        return text
    half = LONGEST // 2
    return "%s[... %d characters cut ...]%s" % (text[:half], more, text[-half:])

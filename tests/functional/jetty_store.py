"""The file of a Jetty whose sessions are in a database, as docs/cluster.md has it."""

from paths import HERE

FILE = HERE / "cluster" / "jetty-store.ini"
LOGIN = "sessions.url=%s\nsessions.user=%s\nsessions.password=%s\n"
EXAMPLE = LOGIN % ("jdbc:postgresql://db.example/sessions", "app", "changeit")


def ini(database):
    """Its text, with this database instead of the example's."""
    text = FILE.read_text("utf-8")
    assert EXAMPLE in text
    return text.replace(EXAMPLE, LOGIN % database[:3])

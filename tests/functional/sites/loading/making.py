"""Applications that are made: by a factory, by a class, kept in an object."""


def create():
    """Return a new application that knows its number."""
    create.count += 1
    number = create.count

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [("made %d" % number).encode("ascii")]

    return application


create.count = 0


class Maker(object):
    """A class with an application as a method."""

    def handle(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [type(self).__name__.encode("ascii")]


class holder(object):
    """A namespace, as frameworks have them."""

    maker = Maker()
    app = maker.handle


number = 42


def raising():
    """Fail as a factory does that finds no database."""
    raise ValueError("told to fail")


def exiting():
    """Fail as a script does."""
    raise SystemExit("enough")


def failing_in_java():
    """Fail as Java does, with a cause."""
    from java.lang import IllegalStateException, RuntimeException

    raise RuntimeException("outer", IllegalStateException("inner"))

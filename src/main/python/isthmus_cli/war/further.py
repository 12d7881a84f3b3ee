"""The .pth file of a WAR whose application imports from src/ and the like, too."""

NAME = "isthmus-project.pth"

_APP = "../app/"


def written(app):
    """Return {its name: its octets}; nothing for an application with one directory.

    :param app: an apps.App.
    """
    lines = "".join("%s%s\n" % (_APP, path) for path in names(app))
    return {NAME: lines.encode()} if lines else {}


def names(app):
    """Return these directories as paths below the application's root."""
    return [path.relative_to(app.root).as_posix() for path in app.further]


def read(octets):
    """Return the directories that it names, as paths below WEB-INF/app."""
    return [line[len(_APP) :] for line in octets.decode().splitlines()]

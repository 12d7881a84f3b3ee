"""What sys.path of a web application has: its directories, and what is elsewhere."""

from isthmus_cli import layouts
from isthmus_cli.cpython import side_by_side
from isthmus_cli.doctor import web_xml
from isthmus_cli.doctor.webapp import APP, LIB_PYTHON
from isthmus_cli.war import further

# These lead to directories of the web application alone.
_OF_ITS_OWN = (further.NAME, side_by_side.PTH)


def roots(app):
    """The application's directories on sys.path."""
    name = LIB_PYTHON + further.NAME
    paths = further.read(app.read(name)) if name in app.names else []
    return [APP, *("%s%s/" % (APP, path) for path in paths)]


def is_open(app):
    """Tell whether it may have entries that cannot be seen in a WebApp."""
    names = app.below(LIB_PYTHON)
    return any(_leads_elsewhere(name) for name in names) or _has_further_path(app)


def _leads_elsewhere(name):
    """Tell whether it adds an entry to sys.path that is not one of its files here.

    The .pth file of a namespace package does not, nor do Isthmus's.
    """
    if name.endswith("-nspkg.pth") or name in _OF_ITS_OWN:
        return False
    return ".egg/" in name or name.endswith(layouts.ADDING)


def _has_further_path(app):
    try:
        read = web_xml.read(app)
    except web_xml.ElementTree.ParseError:
        return True
    return read is not None and web_xml.further_path(read)

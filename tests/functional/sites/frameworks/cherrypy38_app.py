"""CherryPy 3.8, which knows a class of sessions by its name alone: docs/sessions.md."""

# begin: config
from cherrypy.lib import sessions

from isthmus.sessions.cherrypy import ContainerSession

sessions.ContainerSession = ContainerSession
config = {
    "/": {
        "tools.sessions.on": True,
        "tools.sessions.storage_type": "container",
    }
}
# end: config

from cherrypy_app import application, root  # noqa: E402, F401

root.merge(config)

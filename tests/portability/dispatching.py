"""The applications of tests/functional/apps at the paths that they have in the WARs.

An app is at /servlet/<name>/* and at /filter/<name>/*, with SCRIPT_NAME and PATH_INFO
of a servlet and of a filter. Of the standard library alone: every gateway imports it.
"""

import importlib
import pathlib
import re
import sys

APPS = pathlib.Path(__file__).resolve().parents[1] / "functional" / "apps"
PLACE = re.compile(r"(/servlet/(\w+)|/filter(?=/(\w+)))(.*)", re.DOTALL)

if str(APPS) not in sys.path:
    sys.path.insert(0, str(APPS))


def application(environ, start_response):
    # Whatever of the path a gateway takes for SCRIPT_NAME: a front has its own idea.
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    place = PLACE.fullmatch(path)
    environ["SCRIPT_NAME"], servlet, passed, environ["PATH_INFO"] = place.groups()
    app = importlib.import_module(servlet or passed)
    return app.application(environ, start_response)

"""A small service, and its manual, which MkDocs has made of docs/."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import parse_qs

from whitenoise import WhiteNoise

SITE = Path(__file__).resolve().parent / "site"
TEXT = ("Content-Type", "text/plain; charset=utf-8")


def service(environ: dict, start_response: Callable) -> Iterable[bytes]:
    if environ["PATH_INFO"] != "/convert":
        start_response("404 Not Found", [TEXT])
        return [b"There is a manual, and /convert.\n"]
    try:
        (miles,) = parse_qs(environ["QUERY_STRING"])["miles"]
        kilometres = float(miles) * 1.609344
    except (KeyError, ValueError):
        start_response("400 Bad Request", [TEXT])
        return [b"Ask for convert?miles=26.2.\n"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"kilometres": round(kilometres, 3)}).encode()]


application = service
# With `isthmus war --static site` it is not here: the container has it.
if SITE.is_dir():
    application = WhiteNoise(service, root=SITE, index_file=True)

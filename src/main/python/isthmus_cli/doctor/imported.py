"""Remembers which applications were imported without errors, by a digest.

The digest covers all that the import depends on: files, Isthmus, engine, and job.
"""

import hashlib
import json

from isthmus_cli import artifacts


def mark(app, names, job, engine=()):
    """The path of an empty file in the cache, which exists after a successful import.

    :param app: a webapp.WebApp.
    :param names: of the files in it that the import may read.
    :param job: what is imported, as JSON has it.
    :param engine: digests of what runs it, unless that is among the files.
    """
    digest = hashlib.sha256(json.dumps(job, sort_keys=True).encode())
    digest.update(artifacts.isthmus("jakarta").read_bytes())
    for other in engine:
        digest.update(other.encode())
    for name in names:
        digest.update(b"\0%s\0" % name.encode("utf-8", "surrogatepass"))
        digest.update(hashlib.sha256(app.read(name)).digest())
    return artifacts.cache() / "imported" / digest.hexdigest()

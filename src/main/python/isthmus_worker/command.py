"""Runs a Python command on CPython: `java -jar app.war run ...` starts this file.

    python3 -s isthmus_worker/command.py PARENT WEB-INF TEMPORARY PATH manage.py migrate

PARENT is the process that this one ends with, PATH what ``isthmus.python.path`` adds.
"""

import os
import sys


def main(parent, web_inf, temporary, path, *words):
    """Run a command with what a worker has, and exit with its status."""
    from isthmus import command, paths
    from isthmus_worker import bytecode, surroundings

    surroundings.unblock_signals()
    surroundings.end_with(int(parent))
    bytecode.keep_in(os.path.join(temporary, "isthmus-pycache"), [web_inf])
    paths.install(web_inf)
    paths.place_eggs(temporary)
    paths.extend([entry for entry in path.split(os.pathsep) if entry], web_inf)
    command.execute(web_inf, words)


if __name__ == "__main__":
    # This file's own directory, where our modules would be found without their package.
    sys.path[0] = os.path.dirname(sys.path[0])
    main(*sys.argv[1:])

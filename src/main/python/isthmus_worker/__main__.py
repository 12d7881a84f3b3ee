"""Starts a worker; the container runs this file."""

import sys

if __name__ == "__main__":
    # This file's own directory, where our modules would be found without their package.
    import os

    sys.path[0] = os.path.dirname(sys.path[0])
    # Beside these files, which are a copy, bytecode may be written; beside the web
    # application's, which has its own where -B is given, it may not.
    is_forbidden, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    from isthmus_worker.worker import main

    sys.dont_write_bytecode = is_forbidden
    main()

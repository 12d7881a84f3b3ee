"""Starts a worker; the container runs this file."""

import sys

if __name__ == "__main__":
    # This file's own directory, where our modules would be found without their package.
    import gc
    import os

    # What is imported stays: collecting garbage would find none. main() enables it.
    gc.disable()
    sys.path[0] = os.path.dirname(sys.path[0])
    from isthmus_worker.worker import main

    main()

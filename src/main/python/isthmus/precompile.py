"""The command `-m isthmus.precompile`, for builds that compile sources."""

from __future__ import absolute_import

import sys

from isthmus.jython.precompile import main

if __name__ == "__main__":
    main(sys.argv[1:])

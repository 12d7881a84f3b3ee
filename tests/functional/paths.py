"""Where the functional suite finds things and leaves things."""

import os
import pathlib
import shutil
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "target"
# Base directories and logs of the last run of each container: left to be looked at.
RUNS = TARGET / "functional"


def scratch(prefix):
    """A new directory for what a process makes once; gone when its tests have ended."""
    where = _scratches()
    where.mkdir(parents=True, exist_ok=True)
    return pathlib.Path(tempfile.mkdtemp(prefix=prefix, dir=where))


def remove_scratches():
    """Delete what `scratch` has given out; what was deployed of it is in RUNS."""
    shutil.rmtree(_scratches(), ignore_errors=True)


def _scratches():
    return RUNS / ("scratch-%d" % os.getpid())

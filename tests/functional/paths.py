"""Where the functional suite finds things and leaves things."""

import pathlib

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "target"
# Base directories and logs of the last run of each container: left to be looked at.
RUNS = TARGET / "functional"

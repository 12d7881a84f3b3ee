"""One version of a library."""

VERSION = "left"

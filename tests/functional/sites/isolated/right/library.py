"""Another version of the same library."""

VERSION = "right"

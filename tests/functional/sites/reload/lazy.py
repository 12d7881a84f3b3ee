"""Is imported by requests alone."""

VALUE = 1

"""Does not start."""

raise ValueError("secret of the broken application")

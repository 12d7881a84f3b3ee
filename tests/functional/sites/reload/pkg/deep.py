"""Is two imports away from app."""

VALUE = 1

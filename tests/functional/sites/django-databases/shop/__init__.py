"""An application with a field of each type."""

"""A small application with factories for Paste Deploy."""

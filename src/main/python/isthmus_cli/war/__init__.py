"""Builds a web application: what goes into it, what must not, and how to write it."""

"""A package, whose module is the application."""

"""A package with modules, templates, static files and data."""

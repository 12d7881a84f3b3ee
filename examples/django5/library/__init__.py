"""The project: settings, paths, and what a server calls."""

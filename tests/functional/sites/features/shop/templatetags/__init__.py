"""Django looks here for tags and filters."""

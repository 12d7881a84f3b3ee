"""The tool `isthmus`: Python source to web application, on CPython 3.9 and later."""

"""Database backends for Django on Jython, over isthmus.db (docs/data.md)."""

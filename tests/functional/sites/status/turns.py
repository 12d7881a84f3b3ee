"""The shop, once more: for an application that answers one request at a time."""

from shop import application

__all__ = ["application"]

"""Imports what app does not."""

from pkg import deep

__all__ = ["deep"]

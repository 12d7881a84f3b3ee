"""A module of a package, which imports from one beside it."""

from __future__ import absolute_import

from .beside import NAME as BESIDE

NAME = "shop.goods"
__all__ = ["BESIDE", "NAME"]

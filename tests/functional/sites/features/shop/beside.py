"""A module beside another."""

NAME = "shop.beside"

"""A package among the libraries."""

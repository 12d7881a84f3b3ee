"""The shop's tables, and a change of them."""

"""The commands of the tool, one module each; main.py finds them."""

"""The checks of `isthmus doctor`: one module per kind of thing that it checks."""

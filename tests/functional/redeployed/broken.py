"""Cannot be imported."""

raise ValueError("broken")

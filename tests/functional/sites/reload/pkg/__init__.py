"""What app imports."""

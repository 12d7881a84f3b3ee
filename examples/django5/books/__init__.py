"""The application: books, and who has borrowed them."""

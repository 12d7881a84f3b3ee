"""Books in the admin."""

from django.contrib import admin

from books.models import Book

admin.site.register(Book, list_display=["title", "borrower"], search_fields=["title"])

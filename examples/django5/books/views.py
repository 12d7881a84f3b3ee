"""The page that everyone sees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from books.models import Book


def shelf(request: HttpRequest) -> HttpResponse:
    return render(request, "books/shelf.html", {"books": Book.objects.all()})

"""A book, and whether somebody has it."""

from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=200)
    borrower = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

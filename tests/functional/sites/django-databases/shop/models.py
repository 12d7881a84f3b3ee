"""Kinds of articles, and articles with a field of each type."""

from django.db import models


class Kind(models.Model):
    name = models.CharField(max_length=20, unique=True)
    note = models.TextField(default="it's 100% new")

    def __unicode__(self):
        return self.name


class Article(models.Model):
    kind = models.ForeignKey(Kind, on_delete=models.CASCADE)
    name = models.CharField(max_length=40, db_index=True)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    sold = models.DateTimeField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    clock = models.TimeField(null=True, blank=True)
    takes = models.DurationField(null=True, blank=True)
    there = models.BooleanField(default=True)
    maybe = models.NullBooleanField()
    weight = models.FloatField(null=True, blank=True)
    picture = models.BinaryField(null=True)
    token = models.UUIDField(null=True, blank=True)
    count = models.BigIntegerField(default=0)
    address = models.GenericIPAddressField(null=True, blank=True)

    def __unicode__(self):
        return self.name

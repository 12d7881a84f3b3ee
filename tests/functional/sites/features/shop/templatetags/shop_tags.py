"""A filter for Django's templates."""

from django import template

register = template.Library()


@register.filter
def shout(text):
    """Return the text in capitals."""
    return text.upper()

"""Isthmus measured beside a plain servlet, modjy and CPython's WSGI servers."""

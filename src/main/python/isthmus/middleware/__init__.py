"""Middleware for any WSGI server: PEP 3333 and nothing else, on Python 2.7 and 3.

A module of this package has one middleware, a class whose first parameter is the
application, and ``make_filter`` (``make_composite`` where there are several
applications), which Paste Deploy calls with the keys of a section.
"""

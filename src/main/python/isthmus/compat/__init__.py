"""What Jython lacks and real software needs, lent to applications that ask for it.

Importing one of these modules lends what it is named after; import it before the
software that needs it. Unlike isthmus.jython, nothing here takes effect unless it is
imported: see docs/compat.md.

    import isthmus.compat.threading  # CherryPy 2.3 asks for threading._get_ident

On CPython, and where Jython has the feature after all, the import does nothing.
"""

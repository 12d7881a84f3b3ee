"""What Jython lacks and real software asks for, lent to an application that asks.

Importing one of these modules lends what it is named after, before the software that
needs it is imported. Nothing else ever does: see docs/compat.md.

    import isthmus.compat.threading  # CherryPy 2.3 asks for threading._get_ident

On CPython, and where Jython has it after all, the import does nothing.
"""

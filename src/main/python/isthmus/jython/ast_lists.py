"""Gives Jython's ast nodes real lists: its own fail at ``+``, ``pop()`` and more."""

from __future__ import absolute_import

from isthmus.jython.imports import AfterImport


def install():
    """Replace the fields of all nodes when ``_ast`` has been imported."""
    AfterImport("_ast", _look).install()


def _look(ast):
    # Here, since few applications need it.
    from org.isthmus.engine.jython import AstLists

    AstLists.install(ast)

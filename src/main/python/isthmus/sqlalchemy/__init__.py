"""Dialects of SQLAlchemy 1.3 on Jython, over isthmus.db (docs/data.md).

Importing it makes ``postgresql+isthmus`` and ``sqlite+isthmus`` known: SQLAlchemy finds
dialects of others by this registry, or by entry points, which need setuptools.
"""

from __future__ import absolute_import

from sqlalchemy.dialects import registry

for _name in ("postgresql", "sqlite"):
    registry.register(_name + ".isthmus", "isthmus.sqlalchemy." + _name, "Dialect")

# ForeignKeyConstraint passes its keywords on with a mapping of dialects' keywords, in
# which Jython looks each of them up. The dialect of `_constraint` would be "", which
# Jython imports where CPython raises ImportError.
_found = registry.auto_fn
registry.auto_fn = lambda name: _found(name) if name else None

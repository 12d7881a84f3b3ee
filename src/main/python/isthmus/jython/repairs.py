"""Repairs what Jython's own modules do wrong, in each interpreter that Isthmus starts.

Each waits for the import of its module, which few applications need.
"""

from __future__ import absolute_import

from isthmus.jython import ast_lists, host_names, xml_parser


def install(owns_jython=True):
    """Repair modules when they are imported.

    :param owns_jython: whether this Jython ends with the web application. If others
        share it, types that have been changed would keep a dead class loader.
    """
    xml_parser.install()
    host_names.install()
    if owns_jython:
        ast_lists.install()

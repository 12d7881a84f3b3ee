"""What Isthmus does only for Jython: inside the JVM, and to sources for it.

Always installed, unlike isthmus.compat, which applications import.
"""

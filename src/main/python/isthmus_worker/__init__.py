"""A worker: the process in which CPython calls applications for a servlet container.

docs/worker-protocol.md describes what goes through its pipes, and in which order.
"""

"""Takes back what Python has left in the JVM, when a web application ends."""

import sys

from java.beans import Introspector
from java.security import Security
from java.sql import DriverManager
from java.util import ResourceBundle

from isthmus import sockets


def leave(loader):
    """Undo what outlives the interpreter, each step whatever became of the others.

    :param loader: the class loader that goes
    """
    for step in (
        _end_sockets,
        _remove_providers,
        _deregister_drivers,
        _clear,
    ):
        try:
            step(loader)
        except Exception:
            sys.excepthook(*sys.exc_info())


def _end_sockets(loader):
    sockets.groups.end()


def _remove_providers(loader):
    """Importing ``ssl`` has registered Bouncy Castle's."""
    for provider in Security.getProviders():
        if _is_ours(provider, loader):
            Security.removeProvider(provider.getName())


def _deregister_drivers(loader):
    for driver in list(DriverManager.getDrivers()):
        if _is_ours(driver, loader):
            DriverManager.deregisterDriver(driver)


def _clear(loader):
    Introspector.flushCaches()
    ResourceBundle.clearCache(loader)


def _is_ours(thing, loader):
    """Whether the class of a Java object, or of a Python proxy, goes with the loader."""
    of_thing = thing.getClass().getClassLoader()
    while of_thing is not None:
        # Jython has loaders of its own for compiled code and for proxies.
        if of_thing == loader or of_thing.getClass().getClassLoader() == loader:
            return True
        of_thing = of_thing.getParent()
    return False

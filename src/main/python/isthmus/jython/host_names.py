"""Makes Python's ``ssl`` check that a certificate is for the host that it asked for.

Jython tells Java to check it, but passes netty a trust manager that Java cannot give
the connection to, so the check is never made: any certificate of a trusted authority
is accepted for any host, whatever ``check_hostname`` says. Here, ``check_hostname``
decides, as on CPython (PEP 466), and Java compares the names (RFC 2818) during the
handshake: nothing has been sent by then.
"""

from __future__ import absolute_import

from isthmus.jython.imports import AfterImport


def install():
    """Mend ``ssl`` when it has been imported."""
    AfterImport("ssl", _look).install()


def _look(ssl):
    # Here, since each start would take the time to make a class for Java.
    from isthmus.jython.trust import TrustManager

    def managers(self):
        return [TrustManager(self._trust_manager.trust_managers)]

    ssl.CompositeX509TrustManagerFactory.engineGetTrustManagers = managers
    ssl.SSLContext._createSSLEngine = _by_choice(ssl.SSLContext._createSSLEngine)


def _by_choice(method):
    """Jython wants names checked wherever it verifies certificates at all."""

    def create(self, *arguments, **named):
        engine = method(self, *arguments, **named)
        if not self.check_hostname:
            parameters = engine.getSSLParameters()
            # None would change nothing.
            parameters.setEndpointIdentificationAlgorithm("")
            engine.setSSLParameters(parameters)
        return engine

    return create

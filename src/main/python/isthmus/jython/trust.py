"""A trust manager that is given the connection, and so can check the host's name."""

from __future__ import absolute_import

from java.lang import RuntimeException
from java.security import InvalidAlgorithmParameterException
from java.security.cert import CertificateException
from javax.net.ssl import X509ExtendedTrustManager


class TrustManager(X509ExtendedTrustManager):
    """Passes everything on to Java's trust managers, one of which must agree.

    Each method has three overloads in Java; the third argument is a connection.
    """

    def __init__(self, managers):
        self._managers = managers

    def checkServerTrusted(self, chain, auth_type, *connection):
        self._check("checkServerTrusted", chain, auth_type, *connection)

    def checkClientTrusted(self, chain, auth_type, *connection):
        self._check("checkClientTrusted", chain, auth_type, *connection)

    def getAcceptedIssuers(self):
        return [c for manager in self._managers for c in manager.getAcceptedIssuers()]

    def _check(self, method, *arguments):
        for manager in self._managers:
            try:
                return getattr(manager, method)(*arguments)
            except CertificateException as e:
                why = e
            except RuntimeException as e:
                # There is no trusted certificate at all.
                if not isinstance(e.getCause(), InvalidAlgorithmParameterException):
                    raise
                why = e
        # In the words of OpenSSL, which programs look for.
        message = "certificate verify failed: %s" % why.getMessage()
        raise CertificateException(message, why)

"""Makes Python's ``ssl`` use Bouncy Castle's classes from its own web application.

``_sslcerts`` registers them with the JVM, which keeps one provider per name: so the
first web application's serve all others, and fail when it is undeployed.
"""

from __future__ import absolute_import

from isthmus.jython.imports import AfterImport


def install(compare):
    """Inspect ``_sslcerts`` when it has been imported, as ``ssl`` does.

    :param compare: called with its own provider. Python must not inspect that of
        another web application: it would create types for its classes.
    """

    def look(sslcerts):
        own = sslcerts.BouncyCastleProvider()
        for name in ("JcaPEMKeyConverter", "JcaX509CertificateConverter"):
            setattr(sslcerts, name, _Converter(getattr(sslcerts, name), own))
        compare(own)

    AfterImport("_sslcerts", look).install()


class _Converter(object):
    """Creates converters like their Java class, but asks no other provider."""

    def __init__(self, make, provider):
        self._make = make
        self._provider = provider

    def __call__(self):
        return self

    def setProvider(self, name):
        return self._make().setProvider(self._provider)

"""Has Python's ``ssl`` use Bouncy Castle's classes of its own web application.

``_sslcerts`` registers them with the JVM, which has one provider of a name: the first
web application's then serve all others, and no longer when it goes.
"""

from __future__ import absolute_import

from isthmus.jython.imports import AfterImport


def install(compare):
    """Look at ``_sslcerts`` when it has been imported, as ``ssl`` does.

    :param compare: called with the provider that is its own. It is not for Python to
        look at another web application's: of its classes types would be made.
    """

    def look(sslcerts):
        own = sslcerts.BouncyCastleProvider()
        for name in ("JcaPEMKeyConverter", "JcaX509CertificateConverter"):
            setattr(sslcerts, name, _Converter(getattr(sslcerts, name), own))
        compare(own)

    AfterImport("_sslcerts", look).install()


class _Converter(object):
    """Makes converters, as their Java class does, that ask no other provider."""

    def __init__(self, make, provider):
        self._make = make
        self._provider = provider

    def __call__(self):
        return self

    def setProvider(self, name):
        return self._make().setProvider(self._provider)

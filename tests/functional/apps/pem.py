"""Reads the PEM file that the query names, and says whose classes Python's ssl used."""

import json
import ssl

import _sslcerts
from java.lang import Class, Thread
from java.security import Security


def _loader(of):
    return of.getClass().getClassLoader()


def application(environ, start_response):
    own = Class.forName(
        "org.bouncycastle.jce.provider.BouncyCastleProvider",
        False,
        Thread.currentThread().getContextClassLoader(),
    )
    _, key = _sslcerts._extract_certs_for_paths([environ["QUERY_STRING"]])
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    context.load_cert_chain(environ["QUERY_STRING"])
    answer = {
        "algorithm": key.getAlgorithm(),
        "key": _loader(key) == own.getClassLoader(),
        "registered": _loader(Security.getProvider("BC")) == own.getClassLoader(),
    }
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode("ascii")]

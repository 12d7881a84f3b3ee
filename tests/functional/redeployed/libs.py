"""Uses what is known to keep a class loader alive, in its import and in requests."""

import atexit
import decimal
import json
import logging
import os
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import xml.dom.minidom

import urllib2
from java.lang import Runnable, Thread
from java.util import ArrayList, Collections, Comparator

from isthmus.middleware.passwords import Passwords, hashed
from isthmus.middleware.xslt import Transform

HERE = os.path.dirname(os.path.abspath(__file__))
LOG = logging.getLogger("redeployed")
LOCAL = threading.local()
UNCLOSED = open(__file__.replace("$py.class", ".py"))
EXITED = []


class Run(Runnable):
    def run(self):
        LOCAL.run = True


class Longest(Comparator):
    def compare(self, one, other):
        return len(one) - len(other)


class Rows(ArrayList):
    pass


class Finalized(object):
    def __del__(self):
        EXITED.append(self)


def document(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/xml")])
    return ["<a><b/></a>"]


def transformed():
    """Have Java compile a stylesheet and parse a document, with listeners of Python."""
    application = Transform(document, os.path.join(HERE, "sheet.xsl"))
    environ = {"REQUEST_METHOD": "GET"}
    return "".join(application(environ, lambda status, headers: None))


def forever():
    while True:
        time.sleep(0.05)


daemon = threading.Thread(target=forever)
daemon.setDaemon(True)
daemon.start()
atexit.register(EXITED.append, None)
signal.signal(signal.SIGTERM, lambda number, frame: None)


def use():
    LOCAL.value = decimal.Decimal("1.1") + decimal.Decimal(1)
    Finalized()
    thread = Thread(Run())
    thread.start()
    thread.join()
    rows = Rows(["ccc", "a", "bb"])
    Collections.sort(rows, Longest())
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    client = socket.create_connection(listener.getsockname())
    peer, _ = listener.accept()
    client.sendall(b"x")
    assert peer.recv(1) == b"x"
    for used in (client, peer, listener):
        used.close()
    try:
        urllib2.urlopen("http://127.0.0.1:%d/" % listener.getsockname()[1], timeout=1)
    except (urllib2.URLError, socket.error, ValueError):
        pass
    assert ssl.PROTOCOL_TLSv1_2 is not None
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    with tempfile.TemporaryFile() as scratch:
        scratch.write(b"scratch")
    tree = xml.dom.minidom.parseString("<a><b/></a>")
    assert transformed() == "b"
    assert Passwords({"alice": hashed("secret", 10)})("alice", "secret")
    LOG.info("used %s", re.sub("a", "b", json.dumps(list(rows))))
    return [
        subprocess.check_output(["echo", "sub"]).strip().decode("ascii"),
        tree.documentElement.tagName,
        os.path.basename(__file__)[:4],
        str(LOCAL.value),
    ]


def application(environ, start_response):
    if environ["PATH_INFO"] == "/light":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"light"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(use()).encode("ascii")]

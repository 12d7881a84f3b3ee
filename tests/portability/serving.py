"""Serves the applications on CPython: `serving.py waitress` prints its port.

FastCGI, SCGI and AJP are flup's, which want a web server in front. One environment
variable is set, to be seen or not to be.
"""

import contextlib
import os
import socket
import socketserver
import subprocess
import sys
import threading
from wsgiref import simple_server

import fronts

ENVIRONMENT = {"LC_ALL": "C.UTF-8"}


def wsgiref(application):
    server = _Wsgiref(("127.0.0.1", 0), simple_server.WSGIRequestHandler)
    server.set_app(application)
    return server.server_port, server.serve_forever


class _Wsgiref(simple_server.WSGIServer):
    """Not bound as HTTPServer is, which asks the DNS for its own name."""

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address
        self.setup_environ()


def waitress(application):
    from waitress import create_server

    server = create_server(application, host="127.0.0.1", port=0)
    return server.effective_port, server.run


def cheroot(application):
    from cheroot import wsgi

    server = wsgi.Server(("127.0.0.1", 0), application)
    server.prepare()
    return server.bind_addr[1], server.serve


def twisted(application):
    from twisted.internet import reactor
    from twisted.web.server import Site
    from twisted.web.wsgi import WSGIResource

    resource = WSGIResource(reactor, reactor.getThreadPool(), application)
    port = reactor.listenTCP(0, Site(resource), interface="127.0.0.1")
    return port.getHost().port, reactor.run


def gunicorn(application):
    from gunicorn.app.base import BaseApplication

    class Served(BaseApplication):
        def load_config(self):
            self.cfg.set("bind", "fd://%d" % listener.fileno())

        def load(self):
            return application

    listener = socket.create_server(("127.0.0.1", 0))
    return listener.getsockname()[1], Served().run


def fastcgi(application):
    from flup.server.fcgi import WSGIServer

    return _flup(WSGIServer, application)


def scgi(application):
    from flup.server.scgi import WSGIServer

    return _flup(WSGIServer, application)


def ajp(application):
    from flup.server.ajp import WSGIServer

    return _flup(WSGIServer, application)


def _flup(server, application):
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = free.getsockname()
    # With debug a failure shows the exception, by cgitb, which CPython 3.13 lacks.
    return address[1], server(application, bindAddress=address, debug=False).run


SERVERS = (wsgiref, waitress, cheroot, twisted, gunicorn, fastcgi, scgi, ajp)


@contextlib.contextmanager
def running(name, log):
    """The address of such a server in a process of its own."""
    # Without bytecode files, since the apps are what the WARs are made of.
    command = [sys.executable, "-B", __file__, name]
    with open(log, "wb") as errors:
        process = subprocess.Popen(
            command,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    with process:
        try:
            yield "127.0.0.1", int(process.stdout.readline())
        finally:
            fronts.end(process)


def leave_with_parent():
    """Standard input ends when whoever started this has ended, however that came."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    # Here alone: it puts the apps on sys.path, with names of all kinds.
    from dispatching import application

    port, serve = {make.__name__: make for make in SERVERS}[sys.argv[1]](application)
    print(port, flush=True)
    threading.Thread(target=leave_with_parent, daemon=True).start()
    serve()

"""Serve apps/ on CPython: `reference_server.py wsgiref|waitress` prints its port.

As in the WARs an app is at /servlet/<name>/* and at /filter/<name>/*, with the same
SCRIPT_NAME and PATH_INFO. One environment variable is set, to be seen or not to be.
"""

import contextlib
import importlib
import os
import pathlib
import re
import socketserver
import subprocess
import sys
import threading
from wsgiref import simple_server

APPS = pathlib.Path(__file__).resolve().parent / "apps"
PLACE = re.compile(r"(/servlet/(\w+)|/filter(?=/(\w+)))(.*)", re.DOTALL)
ENVIRONMENT = {"LC_ALL": "C.UTF-8"}


def dispatch(environ, start_response):
    place = PLACE.fullmatch(environ["PATH_INFO"])
    environ["SCRIPT_NAME"], servlet, passed, environ["PATH_INFO"] = place.groups()
    app = importlib.import_module(servlet or passed)
    return app.application(environ, start_response)


def make(name):
    """A server of this name, listening on a free port of the loopback interface."""
    if name == "wsgiref":
        # Not bound as HTTPServer is, which asks the DNS for its own name.
        simple_server.WSGIServer.server_bind = bind
        server = simple_server.make_server("127.0.0.1", 0, dispatch)
        return server.server_port, server.serve_forever
    import waitress

    server = waitress.create_server(dispatch, host="127.0.0.1", port=0)
    return server.effective_port, server.run


def bind(server):
    socketserver.TCPServer.server_bind(server)
    server.server_name, server.server_port = server.server_address
    server.setup_environ()


@contextlib.contextmanager
def running(name, log):
    """The address of such a server in a process of its own."""
    # Without bytecode files, since apps/ is what the WARs are made of.
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
            process.terminate()


def leave_with_parent():
    """Standard input ends when whoever started this has ended, however that came."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    sys.path.insert(0, str(APPS))
    port, serve = make(sys.argv[1])
    print(port, flush=True)
    threading.Thread(target=leave_with_parent, daemon=True).start()
    serve()

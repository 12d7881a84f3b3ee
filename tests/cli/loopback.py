"""A server on the loopback that answers what a test says."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """Serves while it is entered.

    :ivar url: without a slash at the end.
    """

    def __init__(self, answers, server="", kinds=(), wanted=None):
        """
        :param answers: (status, text or octets) by path; of a 302 the new address.
        :param server: the field Server.
        :param kinds: Content-Types by path.
        :param wanted: the field Authorization, without which the answer is 401.
        """

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = answers.get(self.path, (404, "nothing"))
                if wanted and self.headers.get("Authorization") != wanted:
                    status, body = 401, "who are you?"
                octets = body if isinstance(body, bytes) else body.encode()
                self.send_response_only(status)
                if server:
                    self.send_header("Server", server)
                if status == 302:
                    self.send_header("Location", body)
                if self.path in kinds:
                    self.send_header("Content-Type", kinds[self.path])
                self.send_header("Content-Length", str(len(octets)))
                self.end_headers()
                self.wfile.write(octets)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self.url = "http://127.0.0.1:%d" % self._server.server_port

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *failure):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

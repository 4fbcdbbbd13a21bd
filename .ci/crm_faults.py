"""A way to a real CRM server on which one call in ten goes wrong, for `.ci/crm-runs`.

A call is answered with 503 or not at all before the server sees it, or it loses its answer after the server has done it.
"""
import http.client, random, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KINDS = ["server-error", "drop", "stored-drop"]
# What is of one connection alone.
OWN = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


class BadLine:
    """Listens on a port of 127.0.0.1 for the server on `port`, until it is closed."""

    def __init__(self, port, seed, share=0.1):
        self.random, self.lock, self.share = random.Random(seed), threading.Lock(), share
        self.faults = {kind: 0 for kind in KINDS}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler(port))
        self.server.daemon_threads = True
        # A client that was killed takes no answer any more.
        self.server.handle_error = lambda *_: None
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def fault(self):
        with self.lock:
            if self.random.random() >= self.share: return None
            kind = self.random.choice(KINDS)
            self.faults[kind] += 1
            return kind

    def handler(self, port):
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fault = line.fault()
                if fault == "drop": return self.hang_up()
                if fault == "server-error": return self.answer(503, [], b"")
                server = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
                try:
                    server.request(self.command, self.path, body, {k: v for k, v in self.headers.items() if k.lower() not in OWN})
                    answer = server.getresponse()
                    status, headers, body = answer.status, answer.getheaders(), answer.read()
                finally: server.close()
                if fault == "stored-drop": return self.hang_up()
                self.answer(status, headers, body)

            def answer(self, status, headers, body):
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in OWN: self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def hang_up(self): self.close_connection = True

            def log_message(self, *words): pass

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on

        return Handler

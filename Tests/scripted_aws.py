"""A peer that answers as AWS does when everything is set up correctly, or as a test wants, over HTTP or HTTPS."""

import http.server
import ssl
import subprocess
import threading
import urllib.parse

SESSION = """<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>{arn}</Arn></AssumedRoleUser><Credentials>
<AccessKeyId>ASIASCRIPTED{key}</AccessKeyId><SecretAccessKey>scripted-secret</SecretAccessKey><SessionToken>scripted-token
</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>""".replace("\n", "")
DENIED = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
LISTING = "<ListBucketResult><Contents><Key>exports/a</Key><Size>1</Size></Contents></ListBucketResult>"


def usual(request):
    """The status and content that AWS returns: the first session and the first external ID are the right ones."""
    peer = request.server
    if request.command == "GET":
        return (200, LISTING) if "?" in request.path else (206, "a")
    asked = dict(urllib.parse.parse_qsl(request.content))
    account, role = asked["RoleArn"].split(":")[4], asked["RoleArn"].rsplit("/", 1)[1]
    assumed = f"arn:aws:sts::{account}:assumed-role/{role}/{asked['RoleSessionName']}"
    if role == "InfoSumImportConnector":
        peer.session = peer.session or asked["RoleSessionName"]
        return 200, SESSION.format(arn=assumed, key="OWN" if asked["RoleSessionName"] == peer.session else "OTHER")
    peer.external_id = peer.external_id or asked.get("ExternalId")
    is_right = asked.get("ExternalId") == peer.external_id and "Credential=ASIASCRIPTEDOWN/" in request.headers["Authorization"]
    return (200, SESSION.format(arn=assumed, key="ROLE")) if is_right or peer.trusts_all else (403, DENIED)


class Peer(http.server.ThreadingHTTPServer):
    """Serves on a free loopback port; `answer(request)` may write the response itself and return None.

    While it holds, a request waits until `release` lets it through. A role that `trusts_all` accepts any session with any
    external ID.
    """

    daemon_threads = True

    def __init__(self, answer=usual, certificate=None):
        self.asked, self.session, self.external_id, self.trusts_all = [], None, None, False
        self.holds, self.released = False, threading.Semaphore(0)
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                self.content = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                peer.asked.append(f"{self.command} {self.path}")
                if peer.holds:
                    peer.released.acquire()
                answered = answer(self)
                if answered is not None:
                    status, content = answered
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content.encode())

            do_GET = do_POST = do_PUT = handle_one

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.address = f"http{'s' if certificate else ''}://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def release(self, count=1):
        """Lets this many held requests through."""
        self.released.release(count)

    def release_all(self):
        """Holds nothing any more."""
        self.holds = False
        self.released.release(1000)

    def environment(self):
        """The environment that makes a registry speak to this peer only."""
        return {"AWS_ACCESS_KEY_ID": "AKIASCRIPTED", "AWS_SECRET_ACCESS_KEY": "key",
                "ICC_REGISTRY_AWS_STS_ENDPOINT": self.address, "ICC_REGISTRY_AWS_S3_ENDPOINT": self.address,
                "ICC_REGISTRY_VERIFY_SETTLE_SECONDS": "0", "ICC_REGISTRY_VERIFY_PAUSE_SECONDS": "0"}

    def close(self):
        self.release_all()
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        """Ignores a client that hangs up: that is not an error of the peer."""


def certificate(folder, name):
    """A file with a new key and a self-signed certificate for the name."""
    path = folder / f"{name.replace(':', '-')}.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=peer", "-addext", f"subjectAltName={name}", "-keyout", path, "-out", f"{path}.crt"],
        check=True, capture_output=True, timeout=30)
    path.write_text(path.read_text() + (folder / f"{path.name}.crt").read_text())
    return path

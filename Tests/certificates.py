"""Certificates for the tests of TLS, made with the command of OpenSSL."""

import contextlib
import ssl
import subprocess


def openssl(*words, clock=0, **options):
    """Runs openssl to its end, with a clock that many seconds fast; returns its standard output."""
    command = ["faketime", "-f", f"{clock:+d}", "openssl"] if clock else ["openssl"]
    return subprocess.run(
        [*command, *map(str, words)], check=True, capture_output=True, text=True, timeout=60, **options).stdout


class Authority:
    """A certificate authority with what it has issued, in a folder."""

    def __init__(self, folder, name="authority"):
        self.folder, self.name = folder, name
        self.certificate, self.key = folder / f"{name}.pem", folder / f"{name}.key"
        openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.key,
            "-out", self.certificate, "-subj", f"/CN={name}", "-days", "30")

    def issue(self, name, subject=None, days=30, key="ec", use="serverAuth", clock=0):
        """Issues a certificate for 127.0.0.1; returns the files of the certificate and its key. A negative number of days is over.

        `clock` is the number of seconds by which its first second is later than now.
        """
        certificate, private = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        request, extensions = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        kind = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"] if key == "ec" else [key]
        openssl("req", "-newkey", *kind, "-nodes", "-keyout", private, "-out", request, "-subj", subject or f"/CN={name}")
        extensions.write_text(f"subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage={use}\n")
        signing = ["-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial", "-extfile", extensions]
        openssl("x509", "-req", "-in", request, *signing, "-days", days, "-out", certificate, clock=clock)
        private.chmod(0o600)
        return certificate, private

    def client(self, certificate=None, versions=None, tickets=True):
        """The context of a client that trusts this authority."""
        context = ssl.create_default_context(cafile=self.certificate)
        if certificate:
            context.load_cert_chain(*certificate)
        if versions:
            context.minimum_version, context.maximum_version = versions
        if not tickets:
            context.options |= ssl.OP_NO_TICKET
        return context


def settings(certificate, key, *more):
    """The options of a server with these files."""
    return ["--tls-certificate", certificate, "--tls-key", key, *more]


class TLSSocket:
    """TLS over a connected socket, with the functions of a socket. Unlike SSLSocket it can end one direction alone."""

    def __init__(self, connection, context, piece=None):
        self.connection, self.piece = connection, piece
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.session = context.wrap_bio(self.incoming, self.outgoing, server_hostname="127.0.0.1")
        self._run(self.session.do_handshake)

    def sendall(self, data):
        while data:
            data = data[self._run(lambda part=data: self.session.write(part)):]

    def recv(self, count):
        try:
            return self._run(lambda: self.session.read(count))
        except ssl.SSLZeroReturnError:
            return b""

    def shutdown(self, _):
        """Sends close_notify and ends the sending direction of the socket."""
        with contextlib.suppress(ssl.SSLWantReadError):
            self.session.unwrap()
        self._flush()
        self.connection.shutdown(1)

    def setsockopt(self, *option):
        self.connection.setsockopt(*option)

    def close(self):
        self.connection.close()

    def _run(self, step):
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                self._flush()
                if data := self.connection.recv(1 << 16):
                    self.incoming.write(data)
                else:
                    self.incoming.write_eof()
                continue
            self._flush()
            return result

    def _flush(self):
        data = self.outgoing.read()
        piece = self.piece or max(len(data), 1)
        for start in range(0, len(data), piece):
            self.connection.sendall(data[start:start + piece])

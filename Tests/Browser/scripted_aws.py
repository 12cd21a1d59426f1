"""STS and S3 as the verification meets them where all is set up right, and a role that can be made too trusting."""

import http.server
import threading
import time
from urllib.parse import parse_qs, urlsplit

SESSION = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>{arn}</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>SECRET</SecretAccessKey><SessionToken>TOKEN</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
DENIED = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>"
LISTING = """<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>data.csv</Key><Size>3</Size>
<StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>"""


class ScriptedAWS:
    """Listens on a port of its own and takes its time over each answer."""

    def __init__(self, pause=0.5):
        self.pause, self.external_id, self.trusts_all = pause, None, False
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.reply(*peer.assume({name: values[0] for name, values in form.items()}, self.headers["Authorization"]))

            def do_GET(self):
                self.reply(*((200, LISTING) if urlsplit(self.path).query else (206, "a")))

            def reply(self, status, text):
                time.sleep(peer.pause)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def assume(self, form, authorization):
        account, role = form["RoleArn"].split(":")[4], form["RoleArn"].rsplit("/", 1)[1]
        session = form["RoleSessionName"]
        arn = f"arn:aws:sts::{account}:assumed-role/{role}/{session}"
        if role == "InfoSumImportConnector":
            return 200, SESSION.format(arn=arn, key="OWN" if session == "acme-import" else "OTHER")
        is_right = form.get("ExternalId") == self.external_id and "Credential=OWN/" in authorization
        return (200, SESSION.format(arn=arn, key="ROLE")) if is_right or self.trusts_all else (403, DENIED)

    def environment(self):
        return {"AWS_ACCESS_KEY_ID": "BASE", "AWS_SECRET_ACCESS_KEY": "KEY", "ICC_REGISTRY_AWS_REGION": "eu-west-1",
                "ICC_REGISTRY_AWS_STS_ENDPOINT": self.url, "ICC_REGISTRY_AWS_S3_ENDPOINT": self.url,
                "ICC_REGISTRY_VERIFY_SETTLE_SECONDS": "0"}

    def close(self):
        self.server.shutdown()
        self.server.server_close()

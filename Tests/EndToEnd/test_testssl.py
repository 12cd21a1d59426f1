"""What testssl.sh finds in the TLS of the real server. It has nothing above LOW but what this test's own authority causes."""

import json
import subprocess

from certificates import Authority, settings

# The certificates of the test's authority have no address of a revocation list, like many of a company's own authority.
# Debian's OpenSSL has no GOST ciphers to offer.
EXPLAINED = {"cert_revocation", "engine_problem"}
HARMLESS = {"OK", "INFO", "LOW"}


def test_testssl_finds_nothing(start, tmp_path):
    authority = Authority(tmp_path)
    registry = start(*settings(*authority.issue("server", days=90)), tls=authority.client())
    report = tmp_path / "report.json"
    done = subprocess.run(
        ["testssl", "--quiet", "--color", "0", "--warnings", "batch", "--add-ca", authority.certificate, "--protocols",
         "--server-defaults", "--fs", "--vulnerable", "--headers", "--jsonfile", report, f"127.0.0.1:{registry.port}"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=500)
    findings = json.loads(report.read_text())
    assert len(findings) > 60 and {"TLS1_2", "TLS1_3", "heartbleed", "secure_client_renego"} <= {
        finding["id"] for finding in findings}, done.stdout
    bad = [finding for finding in findings if finding["severity"] not in HARMLESS and finding["id"] not in EXPLAINED]
    assert bad == [], bad
    # It did look: an old version would be a finding.
    assert next(finding for finding in findings if finding["id"] == "TLS1")["finding"] == "not offered"

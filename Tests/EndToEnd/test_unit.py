"""The systemd unit: systemd can read it, it limits the service, and it takes away what the service does not need."""

import pathlib
import re
import subprocess

SOCKET = pathlib.Path(__file__).resolve().parents[2] / "config/icc-registry.socket"
UNIT = pathlib.Path(__file__).resolve().parents[2] / "config/icc-registry.service"
# Out of 100: what systemd calls the exposure of a service, of which a plain unit has 96.
MOST_EXPOSED = "12"


def test_the_unit_limits_the_service(tmp_path):
    lines = UNIT.read_text().splitlines()
    for line in ("LimitCORE=0", "LogRateLimitIntervalSec=0", "LoadCredential=icc-registry.aws"):
        assert line in lines
    assert not any("AWS_" in line for line in lines if not line.startswith("#"))
    for name in ("MemoryMax", "TasksMax"):
        assert any(re.fullmatch(rf"{name}=\d+G?", line) for line in lines), name
    # The program is installed at another place than here.
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/usr/local/bin/icc-registry", "/bin/true"))
    sockets = tmp_path / SOCKET.name
    sockets.write_text(SOCKET.read_text())
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit, sockets], capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0 and "icc-registry" not in checked.stderr, checked.stderr
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", unit], capture_output=True, text=True,
        timeout=60)
    assert judged.returncode == 0, judged.stdout[-2000:] + judged.stderr

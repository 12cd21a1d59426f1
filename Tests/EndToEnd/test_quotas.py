"""Limits on what an organisation or a token can have, and the pause between verifications."""

import json
import signal
import time

import pytest

from registry_process import ARTICLE
from scripted_aws import Peer
from waiting import until

pytestmark = pytest.mark.both_stores


def refused(answer):
    status, fields, content = answer
    return status, json.loads(content).get("code"), fields.get("Retry-After")


def test_the_limits_are_settings_that_sighup_changes(start, tmp_path):
    file = tmp_path / "settings.json"
    limits = {"maxIccsPerOrganisation": 1, "maxTokensPerOrganisation": 1, "maxIdempotencyKeysPerToken": 1}
    file.write_text(json.dumps(limits))
    registry = start("--config", file)
    keyed = {"Idempotency-Key": "one"}
    assert registry.call("POST", "/v1/iccs", ARTICLE, headers=keyed)[0] == 201
    second = {**ARTICLE, "name": "Second"}
    assert refused(registry.call("POST", "/v1/iccs", second)) == (409, "organisation.too-many-iccs", None)
    viewer = {"name": "t", "role": "viewer", "organisation": "default"}
    assert registry.call("POST", "/v1/tokens", viewer)[0] == 201
    assert refused(registry.call("POST", "/v1/tokens", viewer)) == (409, "organisation.too-many-tokens", None)
    other = {"Idempotency-Key": "two"}
    assert refused(registry.call("POST", "/v1/tokens", viewer, headers=other)) == (429, "idempotency-key.too-many", "60")
    file.write_text(json.dumps(dict.fromkeys(limits, 0)))
    registry.process.send_signal(signal.SIGHUP)
    changed = until(lambda: registry.events("settings-reloaded"), "the reload", 10)[0]["changed"]
    assert set(changed.split()) == set(limits)
    assert registry.call("POST", "/v1/iccs", second, headers=other)[0] == 201
    assert registry.call("POST", "/v1/tokens", viewer)[0] == 201


def test_an_icc_is_verified_again_only_after_the_pause(start):
    peer = Peer()
    registry = start(environment={**peer.environment(), "ICC_REGISTRY_VERIFY_PAUSE_SECONDS": "2"})
    path = f"/v1/iccs/{registry.create()['id']}/verify"
    assert registry.call("POST", path)[0] == 200
    asked = len(peer.asked)
    status, code, wait = refused(registry.call("POST", path))
    assert (status, code) == (429, "verification.too-soon") and 1 <= int(wait) <= 2
    assert len(peer.asked) == asked
    other = registry.create(name="Other")
    assert registry.call("POST", f"/v1/iccs/{other['id']}/verify")[0] == 200
    time.sleep(int(wait))
    assert registry.call("POST", path)[0] == 200
    peer.close()

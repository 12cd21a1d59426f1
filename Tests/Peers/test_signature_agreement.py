"""Our signatures compared with botocore's, on requests of every shape that could be signed in two ways."""

import datetime
import os
import random
import subprocess
import urllib.parse

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from conftest import ROOT

ALPHABET = list("aZ09-_.~ +%/?&=*'()!@:,;$[]#\\\"<>{}|^`é€😀\u00a0")


def text(random_source, longest=12, least=0):
    return "".join(random_source.choice(ALPHABET) for _ in range(random_source.randint(least, longest)))


def cases():
    source = random.Random(4)
    for number in range(400):
        service = source.choice(["s3", "sts"])
        moment = source.choice([0, 951_782_400, 1_440_938_160, 1_709_164_800, 4_107_542_399, source.randrange(1 << 32)])
        yield f"{number:03}", {
            "method": source.choice(["GET", "POST"]), "service": service,
            "region": source.choice(["eu-west-1", "us-gov-west-1", "ap-southeast-12"]),
            "token": source.choice(["", "TOKEN/+=", "t" * 1000]), "seconds": moment,
            # Every service except S3 requires a normalised path, and only the root of those is requested.
            "path": "/" + text(source, 30) if service == "s3" else "/",
            "body": text(source, 40),
            "query": {text(source, 8, 1): text(source) for _ in range(source.randint(0, 5))},
            "headers": {f"x-field-{index}": f"  {source.choice('ab')}  {source.choice('cd')} " for index in range(
                source.randint(0, 3))},
        }


def written(case):
    encode = lambda value: urllib.parse.quote(str(value), safe="")
    lines = [encode(case[name]) for name in ("method", "service", "region", "token", "seconds", "path", "body")]
    lines += [f"q {encode(name)}={encode(value)}" for name, value in case["query"].items()]
    lines += [f"h {encode(name)}={encode(value)}" for name, value in case["headers"].items()]
    return "\n".join(lines)


class AtMoment(datetime.datetime):
    """Sets the clock that botocore reads."""

    moment = None

    @classmethod
    def utcnow(cls):
        return cls.moment

    @classmethod
    def now(cls, tz=None):
        return cls.moment


def botocores(case, url, monkeypatch):
    import botocore.auth
    import botocore.compat

    moment = datetime.datetime.fromtimestamp(case["seconds"], datetime.timezone.utc)
    if hasattr(botocore.auth, "get_current_datetime"):
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: moment)
    else:
        AtMoment.moment = moment
        monkeypatch.setattr(botocore.auth.datetime, "datetime", AtMoment)
    request = AWSRequest(case["method"], url, headers=case["headers"], data=case["body"].encode())
    signer = S3SigV4Auth if case["service"] == "s3" else SigV4Auth
    request.context["client_config"] = None
    request.context["payload_signing_enabled"] = True
    signer(Credentials("AKIDEXAMPLE", "secret/+=", case["token"] or None), case["service"], case["region"]).add_auth(request)
    return request.headers["Authorization"]


def test_signatures_equal_botocores(tmp_path, monkeypatch):
    told = dict(cases())
    for name, case in told.items():
        (tmp_path / f"{name}.request").write_text(written(case))
    subprocess.run(
        ["swift", "test", "--skip-build", "--filter", "SignatureAgreementFiles"], cwd=ROOT, check=True, timeout=220,
        env=os.environ | {"SIGNATURE_AGREEMENT_FOLDER": str(tmp_path)}, stdout=subprocess.DEVNULL)
    for name, case in told.items():
        url, ours = (tmp_path / f"{name}.signed").read_text().split("\n")
        assert ours == botocores(case, url, monkeypatch), case

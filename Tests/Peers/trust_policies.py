"""Trust policies as customers write them: correct, wrong, and wrong in ways that only one of four probes shows."""

ID = "0123456789abcdef" * 4
OTHER_ID = "fedcba9876543210" * 4
INFOSUM = "134928160093"
CONNECTOR = f"arn:aws:iam::{INFOSUM}:role/InfoSumImportConnector"
SESSION = f"arn:aws:sts::{INFOSUM}:assumed-role/InfoSumImportConnector/acme-import"
EXTERNAL_ID = "sts:ExternalId"
ASSUME = "sts:AssumeRole"
ONLY_ID = {"StringEquals": {EXTERNAL_ID: ID}}


def policy(*statements, version="2012-10-17"):
    document = {"Version": version} if version else {}
    return document | {"Statement": list(statements)}


def allow(condition=ONLY_ID, principal=None, action=ASSUME, effect="Allow", **more):
    statement = {"Effect": effect, "Principal": principal or {"AWS": SESSION}, "Action": action}
    return statement | ({} if condition is None else {"Condition": condition}) | more


def deny(condition=None, principal=None, **more):
    return allow(condition, principal or {"AWS": "*"}, effect="Deny", **more)


def to(principal, condition=ONLY_ID):
    return policy(allow(condition, {"AWS": principal}))


def when(condition, *, beside_id=True):
    """With the external ID and one more condition, or with the condition alone."""
    joined = {operator: dict(keys) for operator, keys in condition.items()}
    if beside_id:
        joined.setdefault("StringEquals", {})[EXTERNAL_ID] = ID
    return policy(allow(joined))


def on_id(operator, value):
    return when({operator: {EXTERNAL_ID: value}}, beside_id=False)


POLICIES = {
    "given-out": policy(allow()),
    "version-2008": policy(allow(), version="2008-10-17"),
    "no-version": policy(allow(), version=None),
    "single-statement": {"Version": "2012-10-17", "Statement": allow()},
    "with-sid": policy(allow(Sid="InfoSum")),
    "arrays": policy(allow({"StringEquals": {EXTERNAL_ID: [ID]}}, {"AWS": [SESSION]}, [ASSUME])),
    "no-statement": policy(),

    "principal-role": to(CONNECTOR),
    "principal-root": to(f"arn:aws:iam::{INFOSUM}:root"),
    "principal-account": to(INFOSUM),
    "principal-everyone": to("*"),
    "principal-everyone-open": to("*", None),
    "principal-bare-star": policy(allow(principal="*")),
    "principal-other-account": to("arn:aws:iam::999988887777:root"),
    "principal-other-session": to(SESSION + "-2"),
    "principal-case-of-session": to(SESSION.replace("acme-import", "Acme-Import")),
    "principal-case-of-role": to(SESSION.replace("InfoSumImportConnector", "infosumimportconnector")),
    "principal-session-wildcard": to(SESSION.replace("acme-import", "*")),
    "principal-session-question-mark": to(SESSION.replace("acme-import", "acme-impor?")),
    "principal-placeholder": to(SESSION.replace("acme-import", "Your Session Name")),
    "principal-iam-for-sts": to(SESSION.replace("sts", "iam")),
    "principal-other-role": to(CONNECTOR + "2"),
    "principal-two-sessions": to([SESSION + "-2", SESSION]),
    "principal-and-own-account": to(["111122223333", SESSION]),
    "principal-service": policy(allow(None, {"Service": "s3.amazonaws.com"})),
    "principal-service-and-session": policy(allow(principal={"Service": "s3.amazonaws.com", "AWS": SESSION})),
    "principal-canonical-user": policy(allow(principal={"CanonicalUser": "0" * 64})),
    "not-principal-deny": policy(allow(), {"Effect": "Deny", "NotPrincipal": {"AWS": SESSION}, "Action": ASSUME}),

    "action-case": policy(allow(action="STS:assumerole")),
    "action-wildcard": policy(allow(action="sts:Assume*")),
    "action-all-of-sts": policy(allow(action="sts:*")),
    "action-question-mark": policy(allow(action="sts:AssumeRol?")),
    "action-tag-session-too": policy(allow(action=[ASSUME, "sts:TagSession"])),
    "action-tag-session-alone": policy(allow(action="sts:TagSession")),
    "action-web-identity": policy(allow(action="sts:AssumeRoleWithWebIdentity")),
    "action-of-s3": policy(allow(action="s3:GetObject")),
    "resource": policy(allow(Resource="*")),

    "no-condition": policy(allow(None)),
    "empty-condition": policy(allow({})),
    "id-of-another": on_id("StringEquals", OTHER_ID),
    "id-among-others": on_id("StringEquals", [OTHER_ID, ID]),
    "id-upper-case": on_id("StringEquals", ID.upper()),
    "id-with-space": on_id("StringEquals", ID + " "),
    "id-star-in-equals": on_id("StringEquals", "*"),
    "id-no-values": on_id("StringEquals", []),
    "id-ignore-case": on_id("StringEqualsIgnoreCase", ID.upper()),
    "id-like": on_id("StringLike", ID),
    "id-like-part": on_id("StringLike", ID[:10] + "*"),
    "id-like-question-mark": on_id("StringLike", ID[:-1] + "?"),
    "id-like-star": on_id("StringLike", "*"),
    "id-not-equals-other": on_id("StringNotEquals", OTHER_ID),
    "id-not-equals-own": on_id("StringNotEquals", ID),
    "id-not-like-own": on_id("StringNotLike", ID[:5] + "*"),
    "id-if-exists": on_id("StringEqualsIfExists", ID),
    "id-not-equals-if-exists": on_id("StringNotEqualsIfExists", OTHER_ID),
    "id-for-all": on_id("ForAllValues:StringEquals", ID),
    "id-for-any": on_id("ForAnyValue:StringEquals", ID),
    "id-for-any-not": on_id("ForAnyValue:StringNotEquals", OTHER_ID),
    "id-present": on_id("Null", "false"),
    "id-absent": on_id("Null", "true"),
    "id-key-case": when({"StringEquals": {"STS:externalid": ID}}, beside_id=False),
    "id-wrong-key": when({"StringEquals": {"aws:ExternalId": ID}}, beside_id=False),
    "id-if-exists-and-present": when(
        {"StringEqualsIfExists": {EXTERNAL_ID: ID}, "Null": {EXTERNAL_ID: "false"}}, beside_id=False),

    "role-session-name": when({"StringEquals": {"sts:RoleSessionName": "acme-import"}}),
    "role-session-name-other": when({"StringEquals": {"sts:RoleSessionName": "acme"}}),
    "role-session-name-like": when({"StringLike": {"sts:RoleSessionName": "acme-*"}}),
    "principal-arn-role": when({"ArnEquals": {"aws:PrincipalArn": CONNECTOR}}),
    "principal-arn-session": when({"ArnEquals": {"aws:PrincipalArn": SESSION}}),
    "principal-arn-like": when({"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{INFOSUM}:role/*"}}),
    "principal-arn-not": when({"ArnNotEquals": {"aws:PrincipalArn": CONNECTOR}}),
    "principal-account-key": when({"StringEquals": {"aws:PrincipalAccount": INFOSUM}}),
    "principal-account-key-other": when({"StringEquals": {"aws:PrincipalAccount": "999988887777"}}),
    "principal-type": when({"StringEquals": {"aws:PrincipalType": "AssumedRole"}}),
    "mfa": when({"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
    "mfa-if-exists": when({"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}),
    "mfa-age": when({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
    "mfa-age-absent": when({"Null": {"aws:MultiFactorAuthAge": "true"}}),
    "source-account": when({"StringEquals": {"aws:SourceAccount": INFOSUM}}),
    "source-account-if-exists": when({"StringEqualsIfExists": {"aws:SourceAccount": INFOSUM}}),
    "time-after-2020": when({"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}),
    "time-before-2020": when({"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}),
    "epoch-time": when({"NumericGreaterThan": {"aws:EpochTime": "1500000000"}}),
    "variable": when({"StringEquals": {"aws:PrincipalAccount": "${aws:PrincipalAccount}"}}),
    "source-ip-inside": when({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}),

    "deny-wrong-id": policy(allow(None), deny({"StringNotEquals": {EXTERNAL_ID: ID}})),
    "deny-wrong-id-if-exists": policy(allow(None), deny({"StringNotEqualsIfExists": {EXTERNAL_ID: ID}})),
    "deny-right-id": policy(allow(None), deny({"StringEquals": {EXTERNAL_ID: ID}})),
    "deny-absent-id": policy(allow(None), deny({"Null": {EXTERNAL_ID: "true"}})),
    "deny-first": policy(deny({"StringNotEquals": {EXTERNAL_ID: ID}}), allow(None)),
    "deny-everyone": policy(allow(), deny()),
    "deny-other-account": policy(allow(), deny(principal={"AWS": "999988887777"})),
    "deny-own-account-open": policy(allow(), deny(principal={"AWS": INFOSUM})),
    "deny-session": policy(allow(), deny(principal={"AWS": SESSION})),
    "deny-role": policy(allow(), deny(principal={"AWS": CONNECTOR})),
    "deny-tagging": policy(allow(), allow(None, {"AWS": "*"}, "sts:TagSession", "Deny")),
    "deny-without-mfa": policy(allow(), deny({"Bool": {"aws:MultiFactorAuthPresent": "false"}})),
    "two-allows-one-open": policy(allow(), allow(None, {"AWS": CONNECTOR})),
    "two-allows-of-two": policy(allow(), allow(principal={"AWS": SESSION + "-of-another-customer"})),
}

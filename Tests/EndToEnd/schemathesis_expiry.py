"""A hook of schemathesis: what is valid by its schema, but must be refused. An expiry in the past, or after that of the token that
is sent; a cursor that no response contained, since cursors are authenticated; and a revocation without a parameter, since a
schema cannot say that one of two is required."""

import datetime
import re
import uuid

import schemathesis

CURSOR = re.compile("[abinotuev][0-9a-f]{32,}")
# The cursors of all responses.
cursors = set()


@schemathesis.hook("after_call")
def remember_the_cursor(context, case, response):
    cursors.update(re.findall('"nextCursor": ?"([^"]+)"', response.text))


def is_invalid(case):
    """The case must be refused. A changed field would make it count as valid."""
    return case.meta is not None and case.meta.generation.mode.is_negative


@schemathesis.hook("before_call")
def use_each_key_once(context, case, kwargs):
    """A valid Idempotency-Key of an earlier request with another body is refused."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and not is_invalid(case):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())


@schemathesis.hook("before_call")
def keep_the_quotes(context, case, kwargs):
    """The generator takes the quotes of an entity tag for those of a JSON string, and drops them."""
    tag = (case.headers or {}).get("If-Match")
    if isinstance(tag, str) and re.fullmatch("[!#-~]+", tag) and tag != "*" and not is_invalid(case):
        case.headers["If-Match"] = f'"{tag}"'


@schemathesis.hook("before_call")
def ask_for_what_is_allowed(context, case, kwargs):
    if (case.operation.path, case.method) == ("/v1/tokens", "DELETE") and not {"organisation", "createdBy"} & (case.query or {}).keys():
        case.query = {**(case.query or {}), "createdBy": "no-one"}
    cursor = (case.query or {}).get("cursor")
    if isinstance(cursor, str) and CURSOR.fullmatch(cursor) and cursor not in cursors:
        case.query = {name: value for name, value in case.query.items() if name != "cursor"}
    body = case.body
    if is_invalid(case):
        return
    if not isinstance(body, dict) or "expiresAt" not in body and "expiresInDays" not in body:
        return
    if body.get("expiresInDays") == 3650:
        body["expiresInDays"] = 3649
    if not isinstance(body.get("expiresAt"), str):
        return
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    try:
        datetime.datetime.fromisoformat(body["expiresAt"])
    except ValueError:
        return
    body["expiresAt"] = tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ")

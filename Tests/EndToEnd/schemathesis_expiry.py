"""A hook of schemathesis: an expiry in the past is valid by its schema, but the server must refuse it."""

import datetime

import schemathesis


@schemathesis.hook("before_call")
def let_tokens_expire_tomorrow(context, case, kwargs):
    body = case.body
    if case.operation.path != "/v1/tokens" or not isinstance(body, dict) or not isinstance(body.get("expiresAt"), str):
        return
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    try:
        datetime.datetime.fromisoformat(body["expiresAt"])
    except ValueError:
        return
    body["expiresAt"] = tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ")

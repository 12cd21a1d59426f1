"""Hooks of schemathesis: a path names what exists, of the tenants that the test has made, and every status is counted. A name
that a response has shown before, as a link has it, stays as it is."""

import json
import os
import pathlib
import re
import urllib.request

import schemathesis

tenants = json.loads(pathlib.Path(os.environ["TENANTS"]).read_text())
# What a path's parameter may be by the schema, and the existing values for it.
VALUES = [
    (re.compile("/v1/iccs/{id}"), re.compile("icc_[0-7][0-9a-hjkmnp-tv-z]{25}"), tenants["iccs"]),
    (re.compile("/api/v2/.*{config_id}"), re.compile("icc_[0-7][0-9a-hjkmnp-tv-z]{25}"), tenants["iccs"]),
    (re.compile("/v1/tokens/{id}"), re.compile("tok_[0-7][0-9a-hjkmnp-tv-z]{25}"), tenants["tokens"]),
    (re.compile("/v1/organisations/{id}"), re.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"), tenants["organisations"]),
    (re.compile("/problems/{code}"), re.compile(".*", re.DOTALL), ["forbidden", "user-arn.is-user"]),
    (re.compile("/manual/{page}"), re.compile(".*", re.DOTALL), ["api", "security"]),
]
FILES = {"/console/{file}": {"file": "main.js"}, "/console/{folder}/{file}": {"folder": "app", "file": "api.js"}}
FILTERS = ["name ico 'of'", "not (created_date_time lt '2026-01-01' or id eq 'x')", "description eq '' and name ne 'it''s'"]
# Invisible characters that no pattern can name both in Python and in JavaScript.
INVISIBLE = re.compile("[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
# Names that responses have shown.
shown = set()


@schemathesis.hook("before_call")
def name_what_exists(context, case, kwargs):
    template, values = case.operation.path, case.path_parameters
    if template in FILES:
        case.path_parameters = dict(FILES[template])
        return
    for path, form, existing in VALUES:
        name = next(iter(values or {}), None)
        if name and path.match(template) and isinstance(values[name], str) and values[name] not in shown:
            if form.fullmatch(values[name]):
                case.path_parameters = {**values, name: existing[sum(map(ord, values[name])) % len(existing)]}


@schemathesis.hook("before_call")
def ask_for_what_an_owner_may(context, case, kwargs):
    """What is valid by the schema, but not for a token of one organisation."""
    if tenants["role"] == "admin" or is_invalid(case):
        return
    if case.operation.path == "/v1/events" and case.query:
        case.query = {name: value for name, value in case.query.items() if name != "after"}
    body = case.body
    if case.operation.path == "/v1/iccs" and isinstance(body, dict) and isinstance(body.get("organisation"), (str, type(None))):
        body.pop("organisation", None)


@schemathesis.hook("before_call")
def delete_without_a_dry_run(context, case, kwargs):
    """Its check of later calls takes every DELETE with a 2xx for one, also a dry run."""
    if case.method == "DELETE" and case.query and not is_invalid(case):
        case.query = {name: value for name, value in case.query.items() if name != "dryRun"}


@schemathesis.hook("before_call")
def ask_for_configs_that_there_are(context, case, kwargs):
    """A schema cannot say what a filter is, and which organisations exist: for an unknown one, InfoSum's clients get 400."""
    if not case.operation.path.startswith("/api/v2") or is_invalid(case):
        return
    if isinstance((case.query or {}).get("filter"), str):
        case.query["filter"] = FILTERS[len(case.query["filter"]) % len(FILTERS)]
    config = case.body.get("config") if isinstance(case.body, dict) else None
    if isinstance(config, dict) and "owner_id" in config:
        config.pop("owner_id")
        if tenants["role"] == "admin":
            config["owner_id"] = "ours"


@schemathesis.hook("before_call")
def name_visibly(context, case, kwargs):
    body = case.body if isinstance(case.body, dict) and not is_invalid(case) else {}
    for named in (body, body.get("config")):
        if isinstance(named, dict) and isinstance(named.get("name"), str):
            named["name"] = INVISIBLE.sub("x", named["name"])


@schemathesis.hook("before_call")
def make_tokens_that_the_caller_may_make(context, case, kwargs):
    """By the schema a role can have rights that the caller lacks, and the organisation that it belongs to can be left out."""
    body = case.body
    if (case.operation.path, case.method) != ("/v1/tokens", "POST") or not isinstance(body, dict) or is_invalid(case):
        return
    if tenants["role"] == "admin":
        if body["role"] in ("owner", "editor", "viewer") and not body.get("organisation") and not body.get("organisations"):
            body["organisation"] = "ours"
        return
    if body["role"] in ("admin", "auditor", "monitor"):
        body["role"] = "connector"
    for name in ("organisation", "organisations"):
        body.pop(name, None)


@schemathesis.hook("after_call")
def count_and_restore(context, case, response):
    with open(os.environ["TENANTS"] + ".statuses", "a") as statuses:
        statuses.write(f"{case.method} {case.operation.path} {response.status_code}\n")
    if case.method in ("POST", "PUT") and response.status_code == 201:
        shown.update(re.findall(r'"id": ?"([^"]+)"', response.text))
    named = case.path_parameters or {}
    icc = named.get("id") or named.get("config_id")
    if response.status_code == 404:
        # Deleted by the operation before: one answer says so.
        shown.discard(icc)
    if case.method == "DELETE" and response.status_code in (200, 204) and icc in tenants["iccs"]:
        urllib.request.urlopen(urllib.request.Request(
            f"{tenants['url']}/v1/iccs/{icc}/restore", method="POST", data=b"",
            headers={"Authorization": f"Bearer {tenants['token']}"}), timeout=20).close()

"""Files of ICCs for the tests of import and export."""

import csv
import hashlib
import io
import json

FIELDS = [
    "id", "organisation", "name", "description", "connectorType", "enabled", "userArn", "sessionName", "bucketName", "bucketOwner",
    "prefix", "filenames", "kmsKeyArn", "externalId", "pendingExternalId", "createdAt"]
# Texts that are legal in a name or a description and hard to write down.
AWKWARD = [
    "say \"hi\"", "a, b", "=1+1", "+1", "-1", "@SUM(A1)", "it's; here", "é ÿ 日本 🙂", "e\u0301", "back\\slash", "<b>&amp;", "'quoted'", "a\u00a0b"]
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def secret(text):
    """An external ID that looks random and is the same in each run."""
    return hashlib.sha256(f"external ID of {text}".encode()).hexdigest()


def entry(number, **fields):
    """An entry with the required fields."""
    return {
        "name": f"Customer {number}", "connectorType": "s3-cross-account", "sessionName": "acme-import", "bucketName": "acme-data",
        "externalId": secret(number), **fields}


def full(number):
    """An entry that uses the optional fields, and awkward texts, in turns."""
    text = AWKWARD[number % len(AWKWARD)]
    optional = {
        "description": f"{text}\n\t{text}" if number % 2 else "", "enabled": number % 5 > 0, "prefix": f"in/{number} ✓,\"/" if number % 3 else "",
        "filenames": ["*.csv", f"{number}, \"x\" .parquet"] if number % 4 == 0 else [], "createdAt": f"2024-05-06T07:08:{number % 60:02}.{number % 1000:03}Z",
        **({"userArn": f"arn:aws:iam::111122223333:role/path/r{number}", "bucketOwner": "444455556666"} if number % 6 else {}),
        **({"kmsKeyArn": KEY} if number % 7 == 0 else {}), **({"pendingExternalId": secret(f"next {number}")} if number % 8 == 0 else {}),
        **({"organisation": "acme"} if number % 9 == 0 else {})}
    return entry(number, **{**optional, "name": f"{text} {number}"})


def ndjson(entries):
    return "".join(json.dumps(one) + "\n" for one in entries).encode()


def table(entries, ending="\r\n", columns=FIELDS):
    """The entries as CSV, by Python's writer."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=ending)
    writer.writerow(columns)
    for one in entries:
        writer.writerow([cell(one.get(column)) for column in columns])
    return text.getvalue().encode()


def cell(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return "\n".join(value) if isinstance(value, list) else value


def read_table(content):
    """The rows of a CSV file, by Python's reader, as entries with all fields."""
    def value(name, text):
        if name == "filenames":
            return text.split("\n") if text else []
        if name == "enabled":
            return {"true": True, "false": False}[text]
        return text or ("" if name in ("description", "prefix") else None)

    rows = csv.DictReader(io.StringIO(content.decode(), newline=""))
    return [{name: value(name, text) for name, text in row.items()} for row in rows]

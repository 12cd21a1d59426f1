"""The policies that a set-up kit stores in AWS, as each of its forms has them: the trust policy and the permission policy."""

import json
import os
import subprocess

import hcl2

# Stands in for the AWS CLI: a role that does not exist yet. It keeps each document that it is given.
AWS = """#!/bin/sh
case "$1 $2" in
  "sts get-caller-identity") [ "$4" = Account ] && echo "$ACCOUNT" || echo "arn:aws:iam::$ACCOUNT:user/admin" ;;
  "iam get-role") [ -e "$0.role" ] && cat "$0.role" || { echo NoSuchEntity >&2; exit 254; } ;;
  "iam create-role") printf %s "${10}" >"$0.trust"; echo "arn:aws:iam::$ACCOUNT:role/$4" >"$0.role" ;;
  "iam put-role-policy") printf %s "$8" >"$0.permission" ;;
  *) exit 2 ;;
esac
"""


def of_guide(content):
    """The policies that the guide shows in its JSON form."""
    texts = {block["file"]: block["content"] for block in json.loads(content)["blocks"] if block.get("file")}
    return json.loads(texts["trust-policy.json"]), json.loads(texts["permission-policy.json"])


def of_script(content, account, folder):
    """The policies that the script gives to the AWS CLI."""
    aws = folder / "aws"
    aws.write_text(AWS)
    aws.chmod(0o755)
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", "ACCOUNT": account}
    subprocess.run(["sh"], input=content.encode(), env=environment, cwd=folder, check=True, timeout=60, stdout=subprocess.DEVNULL)
    found = [folder / f"aws.{name}" for name in ("trust", "permission")]
    policies = tuple(json.loads(file.read_text()) for file in found)
    for file in [*found, folder / "aws.role"]:
        file.unlink()
    return policies


def of_template(content):
    """The policies that CloudFormation stores."""
    resources = {each["Type"]: each["Properties"] for each in json.loads(content)["Resources"].values()}
    role = resources.get("AWS::IAM::Role", {})
    return role.get("AssumeRolePolicyDocument"), resources["AWS::IAM::Policy"]["PolicyDocument"]


def of_configuration(text):
    """The policies that Terraform stores."""
    resources = {kind.strip('"'): next(iter(body.values())) for block in hcl2.loads(text)["resource"] for kind, body in block.items()}
    trust, permission = resources["aws_iam_role"]["assume_role_policy"], resources["aws_iam_role_policy"]["policy"]
    return here_document(trust), here_document(permission)


def here_document(value):
    """The policy in a here-document; the parser leaves the markers, quotes and template escapes to its caller."""
    if value.startswith('"<<'):
        value = value[1:-1]
    lines = value.split("\n")
    if lines[0].startswith("<<"):
        assert lines[0] == "<<POLICY" and lines[-1] == "POLICY"
        lines = lines[1:-1]
    return json.loads("\n".join(lines).replace("$${", "${").replace("%%{", "%{"))

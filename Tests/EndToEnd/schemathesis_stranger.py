"""Hooks of schemathesis: every ICC in a path belongs to another organisation, and nothing of it may be visible."""

import json
import os
import pathlib

import schemathesis

# Statuses before a lookup, and statuses when nothing was found. 409 and 412 would reveal a state.
REFUSED = {400, 403, 404, 405, 406, 413, 415, 422, 501}

found = json.loads(pathlib.Path(os.environ["STRANGERS"]).read_text())


def parameter(path):
    """The parameter of a path that names an ICC; None if the path names none."""
    return "id" if path.startswith("/v1/iccs/{id}") else "config_id" if "{config_id}" in path else None


@schemathesis.hook("map_path_parameters")
def name_a_strangers_icc(context, path_parameters):
    name = parameter(context.operation.path)
    if path_parameters and name:
        choice = sum(map(ord, str(path_parameters.get(name)))) % len(found["ids"])
        return {**path_parameters, name: found["ids"][choice]}
    return path_parameters


@schemathesis.check
def nothing_of_a_stranger(context, response, case):
    shown = [text for text in found["secrets"] if text in response.text]
    assert not shown, f"{case.method} {case.path} shows {shown}"
    name = parameter(case.operation.path)
    if name and case.path_parameters.get(name) in found["ids"]:
        with open(os.environ["STRANGERS"] + ".seen", "a") as seen:
            seen.write(f"{case.method} {case.operation.path} {response.status_code}\n")
        assert response.status_code in REFUSED, f"{case.method} {case.path} is answered {response.status_code}"

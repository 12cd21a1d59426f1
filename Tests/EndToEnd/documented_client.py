"""A client generated at run time from the OpenAPI document: a method for each operationId that validates requests and responses."""

import functools
import json
import urllib.parse

from jsonschema import Draft202012Validator
from referencing import Registry as Schemas
from referencing.jsonschema import DRAFT202012

DOCUMENT = "urn:icc-registry"


class BrokenContract(Exception):
    """A request or response that the document does not allow."""


class Answer:
    """A response; `content` is the parsed JSON, the text, or None."""

    def __init__(self, status, headers, content):
        self.status, self.headers, self.content = status, headers, content

    def __getitem__(self, member):
        return self.content[member]


class DocumentedClient:
    """`client.createIcc(body={…})`. Path, query and header parameters are keywords (`If_Match`); `ok=412` expects that status, and
    without it a successful status is expected."""

    def __init__(self, registry, adjust=lambda document: None):
        self.registry, self.called = registry, set()
        document = registry.get("/openapi.json")
        adjust(document)
        # Absolute references, so that a schema can be validated from any place in the document.
        text = json.dumps(document, separators=(",", ":"))
        self.document = json.loads(text.replace('"$ref":"#/', f'"$ref":"{DOCUMENT}#/'))
        self.schemas = Schemas().with_resource(DOCUMENT, DRAFT202012.create_resource(self.document))
        for path, operations in self.document["paths"].items():
            for method, operation in operations.items():
                assert not hasattr(self, operation["operationId"]), "two operations of one name"
                setattr(self, operation["operationId"], functools.partial(self._call, path, method.upper(), operation))

    def operations(self, prefix):
        """The operations on paths with this prefix."""
        items = [item for path, item in self.document["paths"].items() if path.startswith(prefix)]
        return {operation["operationId"] for item in items for operation in item.values()}

    def _call(self, path, method, operation, body=None, ok=None, **arguments):
        path, headers = self._parameters(path, operation, arguments)
        if "requestBody" in operation:
            (headers["Content-Type"], media), = operation["requestBody"]["content"].items()
            self._check(body, media["schema"], "request body")
        elif body is not None:
            raise BrokenContract(f"{operation['operationId']} takes no body")
        status, received, content = self.registry.call(method, path, body, headers=headers)
        self.called.add(operation["operationId"])
        assert status == ok or ok is None and status < 300, (operation["operationId"], status, content)
        return self._answer(operation, status, received, content)

    def _parameters(self, path, operation, arguments):
        query, headers = {}, {}
        declared = {each["name"].replace("-", "_"): each for each in map(self._resolved, operation.get("parameters", []))}
        if unknown := arguments.keys() - declared.keys():
            raise BrokenContract(f"{operation['operationId']} knows no {unknown}")
        for name, parameter in declared.items():
            if name not in arguments:
                if parameter.get("required"):
                    raise BrokenContract(f"{operation['operationId']} needs {name}")
                continue
            self._check(arguments[name], parameter["schema"], name)
            value = arguments[name] if isinstance(arguments[name], (str, list)) else json.dumps(arguments[name])
            if parameter["in"] == "path":
                path = path.replace("{" + name + "}", urllib.parse.quote(value, safe=""))
            else:
                {"query": query, "header": headers}[parameter["in"]][parameter["name"]] = value
        return path + ("?" + urllib.parse.urlencode(query, doseq=True) if query else ""), headers

    def _answer(self, operation, status, headers, content):
        if str(status) not in operation["responses"]:
            raise BrokenContract(f"{operation['operationId']} does not tell of {status}: {content}")
        response = self._resolved(operation["responses"][str(status)])
        for name, header in response.get("headers", {}).items():
            schema = self._resolved(header)["schema"]
            if name in headers:
                self._check(int(headers[name]) if schema["type"] == "integer" else headers[name], schema, name)
            elif name in ("X-Request-Id", "ETag", "Location", "WWW-Authenticate"):
                raise BrokenContract(f"{operation['operationId']} {status} lacks {name}")
        if not response.get("content"):
            if content:
                raise BrokenContract(f"{operation['operationId']} {status} has content: {content}")
            return Answer(status, headers, None)
        media_type = headers["Content-Type"].split(";")[0]
        if media_type not in response["content"]:
            raise BrokenContract(f"{operation['operationId']} {status} is {media_type}")
        value = json.loads(content) if media_type.endswith("json") else content.decode()
        schema = response["content"][media_type]["schema"]
        if "properties" in self._resolved(schema):
            schema = {"allOf": [schema], "unevaluatedProperties": False}
        self._check(value, schema, f"{operation['operationId']} {status}")
        return Answer(status, headers, value)

    def _resolved(self, node):
        if "$ref" not in node:
            return node
        return self.schemas.resolver().lookup(node["$ref"]).contents

    def _check(self, value, schema, place):
        for error in Draft202012Validator(schema, registry=self.schemas).iter_errors(value):
            raise BrokenContract(f"{place} {error.json_path}: {error.message}")

import JSON

/// Pieces of JSON Schema 2020-12, the dialect of OpenAPI 3.1.
enum Schema {
  static func reference(_ name: String) -> JSONValue {
    ["$ref": .string("#/components/schemas/" + name)]
  }

  static func string(_ more: (String, JSONValue)...) -> JSONValue {
    .object([("type", "string")] + more)
  }

  static func integer(_ range: ClosedRange<Int64>) -> JSONValue {
    ["type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
  }

  static let boolean: JSONValue = ["type": "boolean"]

  static func anyOf(_ values: [String]) -> JSONValue {
    ["type": "string", "enum": .array(values.map(JSONValue.string))]
  }

  static func array(of items: JSONValue) -> JSONValue {
    ["type": "array", "items": items]
  }
}

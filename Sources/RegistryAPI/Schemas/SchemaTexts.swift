import JSON

/// Adds a description, and an example where there is one, to every property of the schemas.
///
/// The texts are kept apart from the schemas: most properties are in several of them. A text for
/// `Schema.property` comes before one for `property` in any schema.
enum SchemaTexts {
  /// A description, and an example for a value that is a text or a number.
  typealias Text = (description: String, example: JSONValue?)

  /// Returns the schemas of `components/schemas` with their texts.
  static func describing(_ schemas: [(String, JSONValue)]) -> [(String, JSONValue)] {
    schemas.map { name, schema in
      var described = describingProperties(of: schema, name)
      if let text = texts[name] { add(text, to: &described) }
      return (name, described)
    }
  }

  private static let texts = Dictionary(
    uniqueKeysWithValues: (scalars + settings + records + checks + responses + infoSum).map {
      ($0.0, (Text($0.1, $0.2)))
    })

  private static func describingProperties(of schema: JSONValue, _ path: String) -> JSONValue {
    guard case .object(var members) = schema.content else { return schema }
    for keyword in ["oneOf", "anyOf"] {
      guard let choices = members[keyword]?.arrayValue else { continue }
      members[keyword] = .array(choices.map { describingProperties(of: $0, path) })
    }
    if let items = members["items"] { members["items"] = describingProperties(of: items, path) }
    if let properties = members["properties"]?.objectValue {
      members["properties"] = .object(properties.members.map { ($0.name, describing($0.value, $0.name, in: path)) })
    }
    return JSONValue(.object(members))
  }

  private static func describing(_ property: JSONValue, _ name: String, in path: String) -> JSONValue {
    var property = describingProperties(of: property, path + "." + name)
    if let text = texts[path + "." + name] ?? texts[name] { add(text, to: &property) }
    return property
  }

  private static func add(_ text: Text, to schema: inout JSONValue) {
    guard case .object(var members) = schema.content else { return }
    members["description"] = .string(text.description)
    if let example = text.example { members["examples"] = [example] }
    schema.content = .object(members)
  }
}

import HTTPWire
import JSON

@testable import RegistryAPI

/// The manual's page with every operation and schema, made from the OpenAPI document.
struct ReferencePage {
  private let document = OpenAPIDocument.value(for: RouteTable.all, version: "0.1.0")
  private var text = """
    # API reference

    Every operation and every schema, generated from `/openapi.json`. The page [REST API](api.md)
    explains them by task.


    """

  /// The page as Markdown.
  static var markdown: String {
    var page = ReferencePage()
    for tag in Operation.Tag.allCases { page.add(tag) }
    page.text += "## Schemas\n"
    for schema in page.document["components"]?["schemas"]?.objectValue?.members ?? [] {
      page.add(schema.name, schema.value)
    }
    return page.text
  }

  private mutating func add(_ tag: Operation.Tag) {
    let title =
      tag == .iccs
      ? "ICCs" : tag == .infosum ? "InfoSum's API" : tag.rawValue.prefix(1).uppercased() + tag.rawValue.dropFirst()
    text += "## \(title)\n\n\(tag.summary)\n"
    for route in RouteTable.all where route.operation.tag == tag { add(route) }
    text += "\n"
  }

  private mutating func add(_ route: Route) {
    let operation = OperationRendering(route).value
    text += "\n### \(route.operation.summary)\n\n"
    let call = "`\(route.method.name) \(route.template.text)`, operation `\(route.operation.id)`. "
    text += Self.wrapped(call + (operation["description"]?.stringValue ?? "")) + "\n"
    add(parameters: operation["parameters"]?.arrayValue ?? [])
    var ends: [String] = []
    if let body = route.operation.body {
      ends.append("- Content: \(Self.link(body.schema)), `\(body.mediaType.rawValue)`")
    }
    if let success = route.operation.success {
      let content = success.schema.map { Self.type($0) + ". " } ?? ""
      ends.append("- `\(success.status)`: \(content)\(success.description)")
    }
    for code in route.operation.problems {
      ends.append("- `\(route.dialect.status(of: code))`: `\(code.rawValue)`")
    }
    text += "\n" + ends.map { Self.wrapped($0, indent: "  ") }.joined(separator: "\n") + "\n"
  }

  private mutating func add(parameters: [JSONValue]) {
    guard !parameters.isEmpty else { return }
    text += "\n| parameter | in | type | meaning |\n|---|---|---|---|\n"
    for parameter in parameters.map(resolved) {
      let place = parameter["in"]?.stringValue ?? ""
      text += "| `\(parameter["name"]?.stringValue ?? "")` | \(place) | \(Self.type(parameter["schema"] ?? .null))"
      text += " | \(parameter["description"]?.stringValue ?? "") |\n"
    }
  }

  private func resolved(_ value: JSONValue) -> JSONValue {
    guard let name = value["$ref"]?.stringValue?.split(separator: "/").last else { return value }
    return document["components"]?["parameters"]?[String(name)] ?? value
  }

  private mutating func add(_ name: String, _ schema: JSONValue) {
    text += "\n### \(name)\n\n"
    let properties = Self.properties(of: schema, under: "")
    if properties.isEmpty { text += Self.wrapped(Self.scalar(schema)) + "\n" }
    guard !properties.isEmpty else { return }
    text += "| field | type | meaning |\n|---|---|---|\n"
    for (path, property) in properties {
      text += "| `\(path)` | \(Self.type(property)) | \(property["description"]?.stringValue ?? "") |\n"
    }
  }

  /// The properties of a schema, and those of the objects and lists of objects in it.
  private static func properties(of schema: JSONValue, under path: String) -> [(String, JSONValue)] {
    var found: [(String, JSONValue)] = []
    for choice in [schema] + (schema["oneOf"]?.arrayValue ?? []) + (schema["anyOf"]?.arrayValue ?? []) {
      for property in choice["properties"]?.objectValue?.members ?? [] {
        let name = path + property.name
        guard !found.contains(where: { $0.0 == name }) else { continue }
        found.append((name, property.value))
        found += properties(of: property.value, under: name + ".")
        if let items = property.value["items"] { found += properties(of: items, under: name + "[].") }
      }
    }
    return found
  }

  private static func scalar(_ schema: JSONValue) -> String {
    let example = schema["examples"]?[0]?.stringValue.map { " Example: `\($0)`." } ?? ""
    return (schema["description"]?.stringValue ?? "") + example
  }

  /// A schema in a few words: a link to its section, a list of its values, or its JSON type.
  private static func type(_ schema: JSONValue) -> String {
    if let name = schema["$ref"]?.stringValue?.split(separator: "/").last { return link(String(name)) }
    if let values = schema["enum"]?.arrayValue {
      return values.compactMap { $0.stringValue.map { "`\($0)`" } }.joined(separator: ", ")
    }
    if let choices = schema["anyOf"]?.arrayValue { return choices.map(type).joined(separator: " or ") }
    if let items = schema["items"] { return "list of " + type(items) }
    if let types = schema["type"]?.arrayValue { return types.compactMap(\.stringValue).joined(separator: " or ") }
    return schema["type"]?.stringValue ?? "any"
  }

  private static func link(_ name: String) -> String { "[\(name)](#\(name.lowercased()))" }

  /// The text in lines of at most 100 characters.
  private static func wrapped(_ text: String, indent: String = "") -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count > 100 {
        lines.append(indent + word)
      } else {
        lines[lines.count - 1] += " " + word
      }
    }
    return lines.joined(separator: "\n")
  }
}

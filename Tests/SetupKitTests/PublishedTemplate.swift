import Foundation
import JSON

/// `config/aws/infosum-import.template.json` with values for its parameters, as CloudFormation would evaluate it.
struct PublishedTemplate {
  private let document: JSONValue
  private let values: [String: String]

  /// The template with the values of a link, `param_` and the parameter's name.
  init(_ values: [String: String]) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../config/aws")
    document = try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: "infosum-import.template.json"))))
    self.values = values
  }

  /// The names of the parameters.
  var parameters: [String] { document["Parameters"]?.objectValue?.members.map(\.name) ?? [] }

  /// The properties of a resource. A list with one element is that element, as IAM reads it.
  func properties(of resource: String) -> JSONValue? {
    document["Resources"]?[resource]?["Properties"].flatMap(evaluated).map(Self.withoutLists)
  }

  /// Returns the value with each list of one element, except a list of statements, replaced by the element.
  static func withoutLists(_ value: JSONValue) -> JSONValue {
    if let elements = value.arrayValue {
      return elements.count == 1 && elements[0]["Effect"] == nil
        ? withoutLists(elements[0]) : .array(elements.map(withoutLists))
    }
    guard let object = value.objectValue else { return value }
    return .object(object.members.map { ($0.name, withoutLists($0.value)) })
  }

  /// Nil for `AWS::NoValue`, which removes its property.
  private func evaluated(_ value: JSONValue) -> JSONValue? {
    if let elements = value.arrayValue { return .array(elements.compactMap(evaluated)) }
    guard let members = value.objectValue?.members else { return value }
    if let name = value["Ref"]?.stringValue { return referenced(name) }
    if let parts = value["Fn::Join"]?.arrayValue {
      let texts = (parts[1].arrayValue ?? []).compactMap { evaluated($0)?.stringValue }
      return .string(texts.joined(separator: parts[0].stringValue ?? ""))
    }
    if let parts = value["Fn::If"]?.arrayValue {
      return evaluated(isTrue(document["Conditions"]?[parts[0].stringValue ?? ""]) ? parts[1] : parts[2])
    }
    return .object(members.compactMap { member in evaluated(member.value).map { (member.name, $0) } })
  }

  private func referenced(_ name: String) -> JSONValue? {
    guard let value = values["param_" + name] else { return nil }
    let isList = document["Parameters"]?[name]?["Type"] == "CommaDelimitedList"
    return isList ? .array(value.components(separatedBy: ",").map { .string($0) }) : .string(value)
  }

  private func isTrue(_ condition: JSONValue?) -> Bool {
    if let negated = condition?["Fn::Not"]?.arrayValue { return !isTrue(negated[0]) }
    guard let sides = condition?["Fn::Equals"]?.arrayValue else { return false }
    return evaluated(sides[0]) == evaluated(sides[1])
  }
}

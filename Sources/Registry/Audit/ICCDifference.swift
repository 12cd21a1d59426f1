package import JSON

/// The difference between two states of an ICC, as an event records it: each changed field with its
/// values before and after.
package struct ICCDifference: Sendable {
  private struct Field {
    let name: String
    let before: JSONValue
    let after: JSONValue
  }

  private let fields: [Field]

  /// The members that differ; all that have a value, where there was no ICC before.
  package init(from before: ICC?, to after: ICC) {
    let old = before.map(Self.members) ?? []
    fields = Self.members(of: after).enumerated().compactMap { index, member in
      let previous = old.isEmpty ? JSONValue.null : old[index].1
      return previous == member.1 ? nil : Field(name: member.0, before: previous, after: member.1)
    }
  }

  /// `{"name":{"before":"old","after":"new"}}`, in the order of the representation.
  package var changes: JSONValue {
    .object(fields.map { ($0.name, .object([("before", $0.before), ("after", $0.after)])) })
  }

  /// Returns the text of `changes`, with more fields at its end that had no value before. It is
  /// written at once, because every create needs it.
  func text(adding more: [(String, JSONValue)] = []) -> String {
    var writer = JSONWriter(capacity: 2048)
    writer.beginObject()
    for field in fields + more.map({ Field(name: $0, before: .null, after: $1) }) {
      writer.memberName(escaping: field.name)
      writer.beginObject()
      writer.member("before", field.before)
      writer.member("after", field.after)
      writer.endObject()
    }
    writer.endObject()
    return writer.text
  }

  /// The names of the fields that differ, in the order of the representation.
  var names: [String] { fields.map(\.name) }

  /// True if nothing differs.
  package var isEmpty: Bool { fields.isEmpty }

  /// The audited fields of an ICC with their values, in the order of the representation.
  static func members(of icc: ICC) -> [(String, JSONValue)] {
    [
      ("name", .string(icc.name.text)),
      ("description", .string(icc.description.text)),
      ("connectorType", .string(icc.connectorType.rawValue)),
      ("status", .string(icc.status.rawValue)),
      ("enabled", .bool(icc.isEnabled)),
      ("userArn", text(icc.userARN?.text)),
      ("sessionName", .string(icc.sessionName.text)),
      ("bucketName", .string(icc.bucketName.text)),
      ("bucketOwner", text(icc.bucketOwner?.text)),
      ("prefix", .string(icc.prefix.text)),
      ("filenames", icc.filenames.json),
      ("kmsKeyArn", text(icc.kmsKeyARN?.text)),
      ("externalId", .string(icc.externalID.hex)),
      ("pendingExternalId", text(icc.pendingExternalID?.hex)),
      ("deletedAt", text(icc.deletedAt?.description)),
    ]
  }

  private static func text(_ value: String?) -> JSONValue {
    value.map(JSONValue.string) ?? .null
  }
}

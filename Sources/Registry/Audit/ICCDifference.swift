package import JSON

/// The difference between two states of an ICC, as an event records it: each changed field with its
/// values before and after.
package struct ICCDifference: Sendable {
  /// `{"name":{"before":"old","after":"new"}}`, in the order of the representation.
  package let changes: JSONValue

  /// The members that differ; all that have a value, where there was no ICC before.
  package init(from before: ICC?, to after: ICC) {
    let old = before.map(Self.members) ?? []
    var changes: [(String, JSONValue)] = []
    for (index, (name, value)) in Self.members(of: after).enumerated() {
      let previous = old.isEmpty ? JSONValue.null : old[index].1
      guard previous != value else { continue }
      changes.append((name, .object([("before", previous), ("after", value)])))
    }
    self.changes = .object(changes)
  }

  /// The names of the fields that differ, in the order of the representation.
  var names: [String] { changes.objectValue?.members.map(\.name) ?? [] }

  /// True if nothing differs.
  package var isEmpty: Bool { changes.objectValue?.isEmpty ?? true }

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

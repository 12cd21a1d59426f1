import JSON

/// The events of an ICC's changes.
enum ICCEvents {
  /// Appends the event of a change, and the one for administrators if the ICC has newly named a
  /// role that another organisation uses. `fields` are recorded in addition to the changed ones.
  static func append(
    _ kind: EventKind, from before: ICC?, to after: ICC, sharesRole: Bool,
    adding fields: [(String, JSONValue)] = [], _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    let changes = ICCDifference(from: before, to: after).text(adding: fields)
    try writer.append(event(kind, of: after, version: after.version, changes, context))
    guard sharesRole else { return }
    var shared: [(String, JSONValue)] = [
      ("userArn", .object([("before", text(before?.userARN?.text)), ("after", text(after.userARN?.text))]))
    ]
    if after.isHeld {
      shared.append(("held", .object([("before", .bool(before?.isHeld ?? false)), ("after", .bool(true))])))
    }
    try writer.append(event(.userARNShared, of: after, version: nil, JSONValue.object(shared).text(), context))
  }

  private static func event(
    _ kind: EventKind, of icc: ICC, version: Int64?, _ changes: String, _ context: ChangeContext
  ) -> AuditEvent {
    context.event(
      kind, organisation: icc.organisation, subject: icc.id.text, version: version, at: icc.updatedAt, changes)
  }

  private static func text(_ value: String?) -> JSONValue {
    value.map(JSONValue.string) ?? .null
  }
}

extension ChangeContext {
  /// An event of this context.
  func event(
    _ kind: EventKind, organisation: OrganisationID?, subject: String, version: Int64?, at: Timestamp,
    _ changes: JSONValue
  ) -> AuditEvent {
    event(kind, organisation: organisation, subject: subject, version: version, at: at, changes.text())
  }

  /// An event of this context, with the text of its changes.
  func event(
    _ kind: EventKind, organisation: OrganisationID?, subject: String, version: Int64?, at: Timestamp,
    _ changes: String
  ) -> AuditEvent {
    AuditEvent(
      at: at, kind: kind, actor: actor, address: address, requestID: requestID, organisation: organisation,
      subject: subject, version: version, changes: changes)
  }
}

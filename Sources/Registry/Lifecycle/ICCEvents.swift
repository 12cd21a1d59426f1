import JSON

/// The events of an ICC's changes.
enum ICCEvents {
  /// Appends the event of a change, and the one for administrators where the role is another
  /// organisation's too. A dry run does not look for that: the event would never be seen, and by
  /// the time that it takes a customer could ask, as often as they like and unseen, whether a role
  /// is another one's.
  static func append(
    _ kind: EventKind, from before: ICC?, to after: ICC, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    let changes = ICCDifference(from: before, to: after).changes
    try writer.append(event(kind, of: after, version: after.version, changes, context))
    guard !context.isDryRun, let role = after.userARN, namesNewRole(role, from: before, to: after),
      try writer.isUserARN(role, usedOutside: after.organisation)
    else { return }
    let shared = JSONValue.object([
      ("userArn", .object([("before", text(before?.userARN?.text)), ("after", .string(role.text))]))
    ])
    try writer.append(event(.userARNShared, of: after, version: nil, shared, context))
  }

  /// A role is newly named by a create, by a change of the User ARN, and by a restore.
  private static func namesNewRole(_ role: UserARN, from before: ICC?, to after: ICC) -> Bool {
    guard after.deletedAt == nil, let before else { return after.deletedAt == nil }
    return before.userARN != role || before.deletedAt != nil
  }

  private static func event(
    _ kind: EventKind, of icc: ICC, version: Int64?, _ changes: JSONValue, _ context: ChangeContext
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
    AuditEvent(
      at: at, kind: kind, actor: actor, address: address, requestID: requestID, organisation: organisation,
      subject: subject, version: version, changes: changes.text())
  }

  /// Returns true if the actor may touch the organisation's data.
  func covers(_ organisation: OrganisationID) -> Bool {
    switch scope {
    case .all: true
    case .organisation(let own): own == organisation
    }
  }
}

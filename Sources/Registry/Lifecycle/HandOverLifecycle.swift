import JSON

/// The values of a new hand-over, from a request.
package struct NewHandOver: Sendable {
  /// The actions that it allows in addition to reading the set-up.
  package let permissions: Set<HandOverPermission>
  /// The time from which it is rejected.
  package let expiresAt: Timestamp
  /// The maximum number of requests.
  package let maxUses: Int64

  /// A new hand-over of these values.
  package init(permissions: Set<HandOverPermission>, expiresAt: Timestamp, maxUses: Int64) {
    self.permissions = permissions
    self.expiresAt = expiresAt
    self.maxUses = maxUses
  }
}

/// Hand-overs are created, used and revoked, and never changed. The secret of their link does not
/// come here: only its hash.
package enum HandOverLifecycle {
  /// The life of a hand-over in days, unless its maker chooses another one.
  package static let defaultDays: Int64 = 7
  /// The maximum life in days.
  package static let maxDays: Int64 = 30
  /// The number of requests that a link can make, unless its maker chooses another one: many
  /// visits, and too few to misuse a leaked link for long.
  package static let defaultUses: Int64 = 500
  /// The maximum number of requests.
  package static let maxUses: Int64 = 10_000
  /// The maximum number of open hand-overs of one ICC.
  package static let maxOpen = 20
  /// The maximum number of hand-overs that a list shows, more than can be open.
  package static let listed = 100

  /// Creates a hand-over of a live ICC.
  package static func create(
    _ new: NewHandOver, of icc: ICCID, id: HandOverID, hash: TokenHash, _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> HandOver {
    let icc = try ICCLifecycle.live(icc, if: .any, context, in: writer)
    let open = try writer.handOvers(of: icc.id, in: context.scope).count { $0.state(at: context.now) == .open }
    guard open < maxOpen else { throw LifecycleError.tooManyHandOvers(limit: maxOpen) }
    let handOver = HandOver(
      id: id, icc: icc.id, organisation: icc.organisation, permissions: new.permissions, createdAt: context.now,
      createdBy: context.actor, expiresAt: new.expiresAt, maxUses: new.maxUses)
    try writer.insert(handOver, hash: hash)
    try append(
      .handOverCreated, handOver, context,
      [
        (AuditedSubject.handOverField, fresh(.string(id.text))),
        ("allow", fresh(.array(handOver.permissions.map(\.rawValue).sorted().map(JSONValue.string)))),
        ("expiresAt", fresh(.string(handOver.expiresAt.description))), ("maxUses", fresh(.number(handOver.maxUses))),
        (AuditedSubject.fingerprintField, fresh(.string(hash.fingerprint))),
      ], in: writer)
    return handOver
  }

  /// Revokes a hand-over of an ICC, also of a deleted one. A revoked one stays as it is.
  package static func revoke(
    _ id: HandOverID, of icc: ICCID, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    let icc = try ICCLifecycle.existing(icc, if: .any, context, in: writer)
    guard let handOver = try writer.handOvers(of: icc.id, in: context.scope).first(where: { $0.id == id }) else {
      throw LifecycleError.notFound
    }
    guard handOver.revokedAt == nil else { return }
    try writer.revokeHandOver(id, at: context.now)
    try append(
      .handOverRevoked, handOver, context,
      [(AuditedSubject.handOverField, .object([("before", .string(id.text)), ("after", .null)]))], in: writer)
  }

  /// Returns the hand-over with this hash and its live ICC; nil if no link has this hash. Throws
  /// `handOverOver` if the link cannot be used any more, for each reason the same.
  package static func find(
    _ hash: TokenHash, at now: Timestamp, _ reader: any RegistryReader
  ) throws -> (handOver: HandOver, icc: ICC)? {
    guard let handOver = try reader.handOver(hash) else { return nil }
    guard handOver.state(at: now) == .open, let icc = try reader.icc(handOver.icc, in: handOver.scope),
      icc.deletedAt == nil
    else { throw LifecycleError.handOverOver(handOver) }
    return (handOver, icc)
  }

  /// Counts a request of the link, which must still be open. Throws `handOverOver` otherwise.
  package static func use(_ handOver: HandOver, at now: Timestamp, in writer: any RegistryWriter) throws {
    guard now < handOver.expiresAt, try writer.countUse(of: handOver.id, at: now) else {
      throw LifecycleError.handOverOver(handOver)
    }
  }

  private static func append(
    _ kind: EventKind, _ handOver: HandOver, _ context: ChangeContext, _ changes: [(String, JSONValue)],
    in writer: any RegistryWriter
  ) throws {
    try writer.append(
      context.event(
        kind, organisation: handOver.organisation, subject: handOver.icc.text, version: nil, at: context.now,
        .object(changes)))
  }

  private static func fresh(_ value: JSONValue) -> JSONValue { TokenLifecycle.fresh(value) }
}

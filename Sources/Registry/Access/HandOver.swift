/// A link by which the customer's AWS administrator sets up one ICC without a token. The registry
/// keeps everything of it but its secret.
package struct HandOver: Equatable, Sendable {
  /// The identifier. It is not secret.
  package let id: HandOverID
  /// The only ICC that it gives access to.
  package let icc: ICCID
  /// The organisation of that ICC.
  package let organisation: OrganisationID
  /// The actions that it allows in addition to reading the set-up.
  package let permissions: Set<HandOverPermission>
  /// The time at which it was created.
  package let createdAt: Timestamp
  /// The actor that created it.
  package let createdBy: Actor
  /// The time from which it is rejected.
  package let expiresAt: Timestamp
  /// The maximum number of requests: 1 to `HandOverLifecycle.maxUses`.
  package let maxUses: Int64
  /// The number of requests so far: 0 to `maxUses`.
  package let uses: Int64
  /// The time of the last request; nil when there was none.
  package let lastUsedAt: Timestamp?
  /// The time at which it was revoked; nil while it was not.
  package let revokedAt: Timestamp?

  /// A hand-over of the given parts.
  package init(
    id: HandOverID, icc: ICCID, organisation: OrganisationID, permissions: Set<HandOverPermission>,
    createdAt: Timestamp, createdBy: Actor, expiresAt: Timestamp, maxUses: Int64, uses: Int64 = 0,
    lastUsedAt: Timestamp? = nil, revokedAt: Timestamp? = nil
  ) {
    self.id = id
    self.icc = icc
    self.organisation = organisation
    self.permissions = permissions
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.expiresAt = expiresAt
    self.maxUses = maxUses
    self.uses = uses
    self.lastUsedAt = lastUsedAt
    self.revokedAt = revokedAt
  }

  /// The state of a hand-over. The first that applies, in this order.
  package enum State: String, Sendable, CaseIterable {
    /// It was revoked.
    case revoked
    /// Its end has passed.
    case expired
    /// It was used as often as it can be.
    case usedUp = "used-up"
    /// It can be used.
    case open
  }

  /// Returns the state at the given moment.
  package func state(at now: Timestamp) -> State {
    if revokedAt != nil { return .revoked }
    if now >= expiresAt { return .expired }
    return uses < maxUses ? .open : .usedUp
  }

  /// The data that its bearer may touch: that of the ICC's organisation, of which the routes of
  /// links use the one ICC only.
  package var scope: Scope { .organisation(organisation) }
}

/// The alarm about an ICC that named a role which another organisation already used. Only tokens of
/// all organisations may learn of it.
package struct SharedRoleAlarm: Equatable, Sendable {
  /// The time at which the ICC named the role.
  package let raisedAt: Timestamp
  /// True if the ICC is held: its verifications send a wrong external ID, so that it is never
  /// verified.
  package let isHeld: Bool

  /// An alarm that was raised at this time.
  package init(raisedAt: Timestamp, isHeld: Bool) {
    self.raisedAt = raisedAt
    self.isHeld = isHeld
  }
}

extension ICC {
  /// True if the ICC is held until an administrator releases it.
  package var isHeld: Bool { sharedRole?.isHeld ?? false }
}

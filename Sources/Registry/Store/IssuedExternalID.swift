/// An entry in the table of all external IDs ever issued.
package struct IssuedExternalID: Hashable, Sendable {
  /// The state of an external ID. Retired ones are kept for ever and never issued again.
  package enum State: String, Sendable {
    /// Current.
    case live
    /// Issued by a rotation that is not promoted yet.
    case pending
    /// No longer valid.
    case retired
  }

  /// The ICC that it was issued for.
  package let icc: ICCID
  /// That ICC's organisation.
  package let organisation: OrganisationID
  /// The state.
  package let state: State
  /// The time at which it was issued.
  package let issuedAt: Timestamp
  /// The time at which it was retired; nil before.
  package let retiredAt: Timestamp?

  /// Creates an entry.
  package init(icc: ICCID, organisation: OrganisationID, state: State, issuedAt: Timestamp, retiredAt: Timestamp?) {
    self.icc = icc
    self.organisation = organisation
    self.state = state
    self.issuedAt = issuedAt
    self.retiredAt = retiredAt
  }
}

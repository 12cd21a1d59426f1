/// An entry of the table of every external ID ever issued.
package struct IssuedExternalID: Hashable, Sendable {
  /// Where an external ID stands in its life; retired ones are kept for ever and never issued again.
  package enum State: String, Sendable {
    /// Current.
    case live
    /// Drawn by a rotation that is not promoted yet.
    case pending
    /// No longer valid.
    case retired
  }

  /// The ICC that it was drawn for.
  package let icc: ICCID
  /// That ICC's organisation.
  package let organisation: OrganisationID
  /// Where it stands.
  package let state: State
  /// When it was issued.
  package let issuedAt: Timestamp
  /// When it was retired; nil before.
  package let retiredAt: Timestamp?

  /// An entry of the given parts.
  package init(icc: ICCID, organisation: OrganisationID, state: State, issuedAt: Timestamp, retiredAt: Timestamp?) {
    self.icc = icc
    self.organisation = organisation
    self.state = state
    self.issuedAt = issuedAt
    self.retiredAt = retiredAt
  }
}

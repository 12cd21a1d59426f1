/// The use of a role by live ICCs, as seen from one organisation.
package struct RoleUse: Equatable, Sendable {
  /// True if an ICC of another organisation names the role.
  package var isElsewhere = false
  /// True if an ICC of another organisation names the role and is not held.
  package var isEstablishedElsewhere = false
  /// True if an ICC of the organisation itself names the role and is not held.
  package var isEstablishedHere = false

  /// The use of a role that no ICC names.
  package init() {}

  /// The use of a role by others, and by the organisation itself.
  package init(isElsewhere: Bool, isEstablishedElsewhere: Bool, isEstablishedHere: Bool) {
    self.isElsewhere = isElsewhere
    self.isEstablishedElsewhere = isEstablishedElsewhere
    self.isEstablishedHere = isEstablishedHere
  }
}

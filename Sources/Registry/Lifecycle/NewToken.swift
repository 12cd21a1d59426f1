/// What an administrator settles when a token is created.
package struct NewToken: Sendable {
  /// Its purpose: 1 to 128 characters.
  package let name: String
  /// What its bearer may do.
  package let role: Role
  /// The organisation: one for an editor or viewer, none for the roles that see all.
  package let organisation: OrganisationID?
  /// From when on it is refused.
  package let expiresAt: Timestamp

  /// The given values.
  package init(name: String, role: Role, organisation: OrganisationID?, expiresAt: Timestamp) {
    self.name = name
    self.role = role
    self.organisation = organisation
    self.expiresAt = expiresAt
  }
}

/// The values that an administrator sets when a token is created.
package struct NewToken: Sendable {
  /// Its purpose: 1 to 128 characters.
  package let name: String
  /// The permissions of its bearer.
  package let role: Role
  /// The organisation: one for an editor or viewer, none for the roles that see all.
  package let organisation: OrganisationID?
  /// The time from which it is rejected.
  package let expiresAt: Timestamp

  /// The given values.
  package init(name: String, role: Role, organisation: OrganisationID?, expiresAt: Timestamp) {
    self.name = name
    self.role = role
    self.organisation = organisation
    self.expiresAt = expiresAt
  }
}

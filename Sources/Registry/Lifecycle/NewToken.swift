package import System

/// The values that are chosen when a token is created.
package struct NewToken: Sendable {
  /// The maximum number of organisations that a token is limited to, and of its address blocks.
  package static let maxListed = 50

  /// Its purpose: 1 to 128 characters.
  package let name: String
  /// The permissions of its bearer.
  package let role: Role
  /// The organisations that it is limited to, as its role requires or allows.
  package let organisations: [OrganisationID]
  /// The addresses that it can be used from; empty for all.
  package let addressBlocks: [AddressBlock]
  /// The time from which it is rejected.
  package let expiresAt: Timestamp

  /// The given values.
  package init(
    name: String, role: Role, organisations: [OrganisationID] = [], addressBlocks: [AddressBlock] = [],
    expiresAt: Timestamp
  ) {
    self.name = name
    self.role = role
    self.organisations = organisations
    self.addressBlocks = addressBlocks
    self.expiresAt = expiresAt
  }

  /// Returns the values with the limits of the token that makes it, where none were chosen.
  package func withLimits(of maker: Token) -> NewToken {
    let belongs = role.reach == .one || role.reach == .allOrSome
    return NewToken(
      name: name, role: role,
      organisations: organisations.isEmpty && belongs ? maker.organisations : organisations,
      addressBlocks: addressBlocks.isEmpty ? maker.addressBlocks : addressBlocks, expiresAt: expiresAt)
  }
}

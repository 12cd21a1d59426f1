package import System

/// A bearer token as the registry keeps it: everything but its text. A class, since each request
/// hands its caller's on several times, and copying it would count up the references of five texts.
package final class Token: Equatable, Sendable {
  /// Its identifier, which is no secret.
  package let id: TokenID
  /// Its purpose, in an administrator's words: 1 to 128 characters.
  package let name: String
  /// The permissions of its bearer.
  package let role: Role
  /// The organisations that it is limited to, sorted; empty for a token that sees all or none.
  package let organisations: [OrganisationID]
  /// The addresses that it can be used from; empty for all.
  package let addressBlocks: [AddressBlock]
  /// The organisations whose data its bearer may touch.
  package let scope: Scope
  /// The last four characters of its text; nil for a token from before they were kept.
  package let lastFour: String?
  /// The time at which it was created.
  package let createdAt: Timestamp
  /// The actor that created it: for a token made by rotation, the token before it.
  package let createdBy: Actor
  /// The time from which it is rejected; nil if it never expires.
  package let expiresAt: Timestamp?
  /// The time at which it was revoked; nil while it was not.
  package let revokedAt: Timestamp?
  /// The time at which it was last used, to the minute; nil when it never was.
  package let lastUsedAt: Timestamp?

  /// A token of the given parts.
  package init(
    id: TokenID, name: String, role: Role, organisations: [OrganisationID] = [], addressBlocks: [AddressBlock] = [],
    lastFour: String? = nil, createdAt: Timestamp, createdBy: Actor, expiresAt: Timestamp?, revokedAt: Timestamp? = nil,
    lastUsedAt: Timestamp? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    let scope = Scope(organisations)
    self.organisations = organisations.isEmpty ? [] : scope.names
    self.scope =
      switch role.reach {
      case .all: .all
      case .allOrSome where organisations.isEmpty: .all
      case .one, .allOrSome, .none: scope
      }
    self.addressBlocks = addressBlocks
    self.lastFour = lastFour
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
    self.lastUsedAt = lastUsedAt
  }

  /// Returns true if all parts are equal.
  package static func == (left: Token, right: Token) -> Bool {
    left.id == right.id && left.name == right.name && left.role == right.role
      && left.organisations == right.organisations && left.addressBlocks == right.addressBlocks
      && left.lastFour == right.lastFour && left.createdAt == right.createdAt && left.createdBy == right.createdBy
      && left.expiresAt == right.expiresAt && left.revokedAt == right.revokedAt
      && left.lastUsedAt == right.lastUsedAt
  }

  /// Returns true if it is valid at the given moment.
  package func isValid(at now: Timestamp) -> Bool {
    revokedAt == nil && (expiresAt.map { now < $0 } ?? true)
  }

  /// The organisation of a token that is limited to one; nil for any other.
  package var organisation: OrganisationID? { organisations.count == 1 ? organisations.first : nil }

  /// Returns true if it can be used from this address, an IPv4 or IPv6 address as text.
  package func isValid(from address: String) -> Bool {
    addressBlocks.isEmpty || addressBlocks.contains { $0.contains(address) }
  }
}

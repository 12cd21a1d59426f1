/// One of InfoSum's customers: the tenant to which its ICCs belong.
package struct Organisation: Equatable, Sendable {
  /// The name of the default organisation, as the first migration gives it.
  static let defaultName = "Default"

  /// Its identifier, chosen by an administrator.
  package let id: OrganisationID
  /// Its name: 1 to 128 characters.
  package internal(set) var name: String
  /// Its version, from 1. Each change increases it by one.
  package internal(set) var version: Int64
  /// The time at which it was created.
  package let createdAt: Timestamp
  /// The actor that created it.
  package let createdBy: Actor

  /// An organisation of the given parts.
  package init(
    id: OrganisationID, name: String, version: Int64 = 1, createdAt: Timestamp, createdBy: Actor
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.createdAt = createdAt
    self.createdBy = createdBy
  }
}

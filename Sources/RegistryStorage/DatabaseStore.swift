package import Registry

/// A store over an open database, as the command uses it.
package protocol DatabaseStore: RegistryStore {
  /// Returns the greatest identifier in use, for `IdentifierSource`; 0 in a new database.
  func maxIdentifier() throws -> UInt128
  /// Returns the store's state and counts. A value that cannot be read is 0.
  func statistics() -> StoreStatistics
  /// Performs the waiting writes, rejects further ones, and closes the database. A second call does
  /// nothing.
  func close()
}

package import Registry

/// One requirement that every store must meet. A test of a store runs each of `all` on a new store.
package struct StoreRequirement: CustomStringConvertible, Sendable {
  /// The requirement as a sentence.
  package let description: String
  /// Checks the requirement on a new, empty store.
  package let check: @Sendable (any RegistryStore) async throws -> Void

  init(_ sentence: String, _ check: @escaping @Sendable (any RegistryStore) async throws -> Void) {
    description = sentence
    self.check = check
  }

  /// All requirements.
  package static let all =
    ICCConformance.requirements + AccessConformance.requirements + TransactionConformance.requirements
    + CountConformance.requirements + SearchConformance.requirements
}

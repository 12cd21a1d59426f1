/// The maximum numbers of what an organisation or a token can have; 0 means no limit.
package struct Quotas: Sendable {
  /// The ICCs of an organisation that are not deleted.
  package var iccsPerOrganisation = 0
  /// The valid tokens of an organisation.
  package var tokensPerOrganisation = 0
  /// The stored responses to the idempotency keys of a token.
  package var idempotencyKeysPerToken = 0

  /// No limits.
  package init() {}
}

extension Quotas {
  /// Throws if the organisation has as many ICCs as it can have.
  func checkICCs(of organisation: OrganisationID, _ reader: any RegistryReader) throws {
    guard iccsPerOrganisation > 0, try reader.iccCount(of: organisation) >= iccsPerOrganisation else { return }
    throw LifecycleError.tooManyICCs(limit: iccsPerOrganisation)
  }

  /// Throws if the organisation has as many valid tokens as it can have.
  func checkTokens(of organisation: OrganisationID, at now: Timestamp, _ reader: any RegistryReader) throws {
    let limit = tokensPerOrganisation
    guard limit > 0, try reader.validTokenCount(of: organisation, at: now, upTo: limit) >= limit else { return }
    throw LifecycleError.tooManyTokens(limit: limit)
  }
}

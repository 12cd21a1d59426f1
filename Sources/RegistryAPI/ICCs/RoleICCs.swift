import Registry

/// The organisation's ICCs that share a role, and therefore its trust policy.
enum RoleICCs {
  /// Returns the organisation's live ICCs on the role of an ICC, with the ICC itself; a draft is
  /// alone. Of more than `MergedTrustPolicy.maxICCs` it returns the first, and one or two more.
  static func sharing(_ icc: ICC, _ reader: any RegistryReader) throws -> [ICC] {
    guard let role = icc.userARN else { return [icc] }
    let found = try some(filter(role), .organisation(icc.organisation), reader)
    return found.contains { $0.id == icc.id } ? found : found + [icc]
  }

  /// Returns the first other live ICCs on the role of an ICC, enough for a warning: a role may have
  /// thousands.
  static func first(besides icc: ICC, _ reader: any RegistryReader) throws -> [ICC] {
    try reader.iccs(sharingRoleOf: icc, atMost: ICC.maxNamedOthers + 1)
  }

  /// Returns the ICCs that a filter selects: of more than `MergedTrustPolicy.maxICCs` the first,
  /// and one more, so that the policy is known to be incomplete.
  static func some(_ filter: ICCFilter, _ scope: Scope, _ reader: any RegistryReader) throws -> [ICC] {
    try reader.iccs(filter, PageRequest(limit: MergedTrustPolicy.maxICCs + 1), in: scope).items
  }

  private static func filter(_ role: UserARN) -> ICCFilter {
    var filter = ICCFilter()
    filter.userARN = role.text
    return filter
  }
}

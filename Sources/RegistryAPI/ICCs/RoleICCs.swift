import Registry

/// The organisation's ICCs that share a role, and therefore its trust policy.
enum RoleICCs {
  /// Returns the organisation's live ICCs on the role of an ICC, with the ICC itself; a draft is
  /// alone.
  static func sharing(_ icc: ICC, _ reader: any RegistryReader) throws -> [ICC] {
    guard let role = icc.userARN else { return [icc] }
    return try all(filter(role), .organisation(icc.organisation), reader)
  }

  /// Returns the first other live ICCs on the role of an ICC, enough for a warning. It reads one
  /// page, because a role may have thousands of ICCs and this runs on every create.
  static func first(besides icc: ICC, _ reader: any RegistryReader) throws -> [ICC] {
    guard let role = icc.userARN else { return [] }
    let page = try reader.iccs(
      filter(role), PageRequest(after: 0, limit: ICC.maxNamedOthers + 2), in: .organisation(icc.organisation))
    return page.items.filter { $0.id != icc.id }
  }

  /// Returns all ICCs that a filter selects.
  static func all(_ filter: ICCFilter, _ scope: Scope, _ reader: any RegistryReader) throws -> [ICC] {
    var found: [ICC] = []
    var after: Int64? = 0
    while let start = after {
      let page = try reader.iccs(filter, PageRequest(after: start, limit: 200), in: scope)
      found += page.items
      after = page.next
    }
    return found
  }

  private static func filter(_ role: UserARN) -> ICCFilter {
    var filter = ICCFilter()
    filter.userARN = role.text
    return filter
  }
}

/// The answers of a store that has no statement of its own for them.
extension RegistryReader {
  /// Reads the whole ICC for its version.
  package func version(of id: ICCID, in scope: Scope) throws(StoreError) -> Int64? {
    try icc(id, in: scope)?.version
  }

  /// Reads a page of the ICCs that name the role.
  package func iccs(sharingRoleOf icc: ICC, atMost limit: Int) throws(StoreError) -> [ICC] {
    guard let role = icc.userARN else { return [] }
    var filter = ICCFilter()
    filter.userARN = role.text
    let page = try iccs(filter, PageRequest(after: 0, limit: limit + 1), in: .organisation(icc.organisation))
    return Array(page.items.filter { $0.id != icc.id }.prefix(limit))
  }
}

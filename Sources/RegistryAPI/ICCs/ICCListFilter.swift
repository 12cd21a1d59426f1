import Registry

/// The filters of the list of ICCs.
enum ICCListFilter {
  /// Returns the filter. A value that matches nothing gives an empty page; an unknown status is an
  /// error.
  static func read(_ input: inout InputReader, _ settings: APISettings) -> ICCFilter {
    var filter = ICCFilter()
    filter.name = input.parameter("name")
    filter.bucketName = input.parameter("bucketName")
    filter.userARN = input.parameter("userArn")
    filter.isDeleted = input.flag("deleted")
    if input.parameter("usable") != nil {
      filter.usability = .init(isUsable: input.flag("usable"), requiresVerified: settings.requiresVerified)
    }
    if let text = input.parameter("status") {
      filter.status = ICCStatus(rawValue: text)
      if filter.status == nil {
        let names = ICCStatus.allCases.map(\.rawValue).joined(separator: ", ")
        input.report(
          RequestError(.parameter("status"), "query.wrong-value", "The parameter status must be one of \(names)."))
      }
    }
    if let text = input.parameter("organisation") {
      filter.organisation = OrganisationID(text)
      if filter.organisation == nil {
        input.report(
          RequestError(.parameter("organisation"), "organisation.malformed", "This is not an organisation ID."))
      }
    }
    return filter
  }

  /// Returns the requested order. A cursor keeps the order of its list: with another one, pages
  /// would skip and repeat items.
  static func order(_ input: inout InputReader, _ seal: CursorSeal) -> Cursor {
    let order = input.parameter("order") ?? "oldest"
    if order != "oldest", order != "newest" {
      input.report(
        RequestError(.parameter("order"), "query.wrong-value", "The parameter order must be oldest or newest."))
    }
    guard let cursor = input.parameter("cursor") else { return order == "newest" ? .newestICCs : .iccs }
    return seal.sequence(cursor, of: .newestICCs) == nil ? .iccs : .newestICCs
  }
}

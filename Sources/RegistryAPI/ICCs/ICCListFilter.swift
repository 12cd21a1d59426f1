import Registry

/// The filters of the list of ICCs.
enum ICCListFilter {
  /// A filter that no value can match answers an empty page; only a status that does not exist is a fault.
  static func read(_ input: inout InputReader) -> ICCFilter {
    var filter = ICCFilter()
    filter.name = input.parameter("name")
    filter.bucketName = input.parameter("bucketName")
    filter.userARN = input.parameter("userArn")
    filter.isDeleted = input.flag("deleted")
    if let text = input.parameter("status") {
      filter.status = ICCStatus(rawValue: text)
      if filter.status == nil {
        let names = ICCStatus.allCases.map(\.rawValue).joined(separator: ", ")
        input.report(
          RequestError(.parameter("status"), "query.wrong-value", "The parameter status is one of \(names)."))
      }
    }
    if let text = input.parameter("organisation") {
      filter.organisation = OrganisationID(text)
      if filter.organisation == nil {
        input.report(
          RequestError(.parameter("organisation"), "organisation.malformed", "This is no organisation's identifier."))
      }
    }
    return filter
  }

  /// Which of the list's two orders is asked for. A cursor goes on in the order that it came from: with another one it
  /// would skip and repeat.
  static func order(_ input: inout InputReader) -> Cursor {
    let order = input.parameter("order") ?? "oldest"
    if order != "oldest", order != "newest" {
      input.report(RequestError(.parameter("order"), "query.wrong-value", "The parameter order is oldest or newest."))
    }
    guard let cursor = input.parameter("cursor") else { return order == "newest" ? .newestICCs : .iccs }
    return Cursor.newestICCs.sequence(cursor) == nil ? .iccs : .newestICCs
  }
}

import Registry
import Text

/// The filters of the list of ICCs.
enum ICCListFilter {
  /// Returns the filter. A value that matches nothing gives an empty page; an unknown status is an
  /// error.
  static func read(_ input: inout InputReader, _ settings: APISettings, _ scope: Scope) -> ICCFilter {
    var filter = ICCFilter()
    filter.timeLimit = 1000
    filter.words = words(&input)
    filter.name = input.parameter("name")
    filter.bucketName = input.parameter("bucketName")
    filter.userARN = input.parameter("userArn")
    filter.sessionName = input.parameter("sessionName")
    filter.isDeleted = input.flag("deleted")
    filter.isEnabled = input.optionalFlag("enabled")
    filter.isRotationPending = input.optionalFlag("rotationPending")
    filter.usability = input.optionalFlag("usable").map {
      .init(isUsable: $0, requiresVerified: settings.requiresVerified, seesHold: scope == .all)
    }
    filter.connectorType = choices("connectorType", ConnectorType.self, &input).first
    filter.statuses = Set(choices("status", ICCStatus.self, &input))
    if let text = input.parameter("updatedSince") {
      filter.updatedSince = RFC3339.milliseconds(text).map(Timestamp.init(milliseconds:))
      if filter.updatedSince == nil {
        let message = "The parameter updatedSince must be a time such as 2026-01-31T08:00:00Z."
        input.report(RequestError(.parameter("updatedSince"), "query.wrong-value", message))
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

  /// Returns the values of a parameter that lists some of a kind's names, separated by commas or
  /// repeated.
  private static func choices<Kind: RawRepresentable & CaseIterable>(
    _ name: String, _ kind: Kind.Type, _ input: inout InputReader
  ) -> [Kind] where Kind.RawValue == String {
    let words = input.parameters(name).flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let found = words.compactMap { Kind(rawValue: String($0)) }
    if found.count == words.count { return found }
    let names = kind.allCases.map(\.rawValue).joined(separator: ", ")
    let message = "The parameter \(name) must be one or more of \(names), separated by commas."
    input.report(RequestError(.parameter(name), "query.wrong-value", message))
    return []
  }

  /// Returns the requested order. A cursor keeps the order of its list: with another one, pages
  /// would skip and repeat items.
  static func order(_ input: inout InputReader, _ seal: CursorSeal) -> Cursor {
    let order = input.parameter("order").map(ICCOrder.init(rawValue:)) ?? .oldest
    if order == nil {
      let names = ICCOrder.allCases.map(\.rawValue).joined(separator: ", ")
      input.report(
        RequestError(.parameter("order"), "query.wrong-value", "The parameter order must be one of \(names)."))
    }
    let orders = ICCOrder.allCases.map(Cursor.iccs)
    let ofCursor = input.parameter("cursor").flatMap { cursor in
      orders.first { seal.position(cursor, of: $0) != nil }
    }
    return ofCursor ?? Cursor.iccs(order ?? .oldest)
  }

  /// The words of a search.
  private static func words(_ input: inout InputReader) -> [String] {
    let words = (input.parameter("q") ?? "").split(separator: " ").map(String.init)
    if words.count <= ICCFilter.maxWords { return words }
    let message = "The parameter q must have at most \(ICCFilter.maxWords) words."
    input.report(RequestError(.parameter("q"), "query.wrong-value", message))
    return []
  }
}

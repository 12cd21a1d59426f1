/// The errors in a request: the first ones, and the number of the others. A request of 64 KiB can
/// contain thousands; listing each would make the response larger and more expensive than the
/// request.
struct RequestErrors: Sendable {
  /// The number of errors that a response lists.
  static let limit = 32

  private(set) var listed: [RequestError] = []
  private(set) var omitted = 0

  var isEmpty: Bool { listed.isEmpty }

  /// Adds an error, which is only built if it is listed.
  mutating func append(_ error: @autoclosure () -> RequestError) {
    if listed.count < Self.limit { listed.append(error()) } else { omitted += 1 }
  }

  /// Returns the same number of errors, with those listed changed.
  func map(_ change: (RequestError) -> RequestError) -> RequestErrors {
    var changed = self
    changed.listed = listed.map(change)
    return changed
  }

  mutating func append(contentsOf errors: some Sequence<RequestError>) {
    for error in errors { append(error) }
  }
}

extension RequestErrors: ExpressibleByArrayLiteral {
  init(arrayLiteral errors: RequestError...) {
    append(contentsOf: errors)
  }
}

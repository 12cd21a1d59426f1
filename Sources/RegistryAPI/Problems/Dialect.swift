/// The API that a path belongs to. It decides the form of errors, their statuses, and the forms of
/// a token.
enum Dialect: Sendable {
  /// The registry's own.
  case registry
  /// InfoSum's API, under `/api/v2`.
  case infoSum

  /// The API of a path with these segments.
  init(_ segments: [String]) {
    self = segments.starts(with: ["api", "v2"]) ? .infoSum : .registry
  }

  /// The status of a problem. InfoSum's clients know 400 for every invalid request, and 409 for a
  /// name that exists alone.
  func status(of code: ProblemCode) -> Int {
    switch (self, code.status) {
    case (.registry, let status): status
    case (.infoSum, 409) where code != .nameTaken: 400
    case (.infoSum, 422): 400
    case (.infoSum, let status): status
    }
  }
}

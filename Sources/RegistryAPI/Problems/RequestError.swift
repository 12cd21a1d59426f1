import Registry

/// One fault of a request: where it stands, and what to do about it.
struct RequestError: Sendable {
  /// What the fault is found in.
  enum Place: Sendable {
    /// A JSON pointer into the body.
    case pointer(String)
    /// A parameter of the query.
    case parameter(String)
    /// A header field.
    case header(String)
  }

  let place: Place
  let code: String
  let detail: String
  let hint: String?

  init(_ place: Place, _ code: String, _ detail: String, hint: String? = nil) {
    self.place = place
    self.code = code
    self.detail = detail
    self.hint = hint
  }

  init(_ diagnostic: Diagnostic) {
    self.init(.pointer(diagnostic.pointer), diagnostic.code, diagnostic.detail, hint: diagnostic.hint)
  }
}

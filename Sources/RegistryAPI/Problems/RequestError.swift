import Registry

/// One error in a request: its position, and what to do about it.
struct RequestError: Sendable {
  /// The part of the request that is wrong.
  enum Position: Sendable {
    /// A JSON pointer into the body.
    case pointer(String)
    /// A query parameter.
    case parameter(String)
    /// A header field.
    case header(String)
  }

  let position: Position
  let code: String
  let detail: String
  let hint: String?

  init(_ position: Position, _ code: String, _ detail: String, hint: String? = nil) {
    self.position = position
    self.code = code
    self.detail = detail
    self.hint = hint
  }

  /// Returns the error with the pointer moved below another one.
  func below(_ path: String) -> RequestError {
    guard case .pointer(let pointer) = position else { return self }
    return RequestError(.pointer(path + pointer), code, detail, hint: hint)
  }

  init(_ diagnostic: Diagnostic) {
    self.init(.pointer(diagnostic.pointer), diagnostic.code, diagnostic.detail, hint: diagnostic.hint)
  }
}

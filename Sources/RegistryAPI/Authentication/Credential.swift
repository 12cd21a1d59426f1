import HTTPWire

/// What a request shows for authentication (RFC 6750 section 2.1). Tokens in the query or the body are never read.
enum Credential {
  /// No bearer token was sent.
  case none
  /// Something was sent that is no token of this registry by its form or its checksum.
  case malformed
  /// A token whose form and checksum are right.
  case token(TokenText)

  init(_ headers: HTTPHeaders) {
    let values = headers.all("Authorization")
    guard let value = values.first else {
      self = .none
      return
    }
    guard values.count == 1 else {
      self = .malformed
      return
    }
    let scheme = value.utf8.prefix { $0 != 0x20 }
    guard scheme.count == 6, String(value.prefix(6)).lowercased() == "bearer" else {
      self = .none
      return
    }
    let text = value.utf8.dropFirst(6).drop { $0 == 0x20 }
    self = TokenText(String(Substring(text))).map(Credential.token) ?? .malformed
  }
}

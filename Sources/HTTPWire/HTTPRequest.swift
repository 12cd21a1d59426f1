/// A whole request: head, body and trailers are read and checked before a handler sees any of it.
package struct HTTPRequest: Sendable {
  /// The method.
  package let method: HTTPMethod
  /// The request-target, decoded.
  package let target: HTTPTarget
  /// The header fields; a trailer is never among them.
  package let headers: HTTPHeaders
  /// The content, without the framing of its transfer coding.
  package let body: [UInt8]

  /// A request of the given parts.
  package init(method: HTTPMethod, target: HTTPTarget, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

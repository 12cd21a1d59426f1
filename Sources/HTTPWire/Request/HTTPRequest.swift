/// A whole request: head, body and trailers are read and checked before a handler sees any of it.
package struct HTTPRequest: Sendable {
  private let head: HTTPRequestHead
  /// The content, without the framing of its transfer coding.
  package let body: [UInt8]

  /// A request of the given parts.
  package init(method: HTTPMethod, target: HTTPTarget, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.init(HTTPRequestHead(method: method, target: target, headers: headers), body: body)
  }

  /// The same request for another target.
  package func aimed(at target: HTTPTarget) -> HTTPRequest {
    HTTPRequest(method: method, target: target, headers: headers, body: body)
  }

  init(_ head: HTTPRequestHead, body: [UInt8]) {
    self.head = head
    self.body = body
  }

  /// The method.
  package var method: HTTPMethod { head.method }
  /// The request-target, decoded.
  package var target: HTTPTarget { head.target }
  /// The text after the first `?` of the request-target: `target.query`.
  package var query: String? { head.target.query }
  /// The header fields; a trailer is never among them.
  package var headers: HTTPHeaders { head.headers }
}

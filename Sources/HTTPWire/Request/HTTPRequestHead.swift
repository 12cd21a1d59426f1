/// A request's head after every check: the framing of the body and the client's wishes for the
/// connection. A class, since each request hands its head on many times, and copying its parts
/// would count up each text's references.
package final class HTTPRequestHead: Sendable {
  /// The framing of the content (RFC 9112 section 6.3).
  package enum BodyLength: Hashable, Sendable {
    /// No content: neither `Content-Length` nor `Transfer-Encoding`, or a length of 0.
    case none
    /// As many bytes as `Content-Length` says: 1 to `HTTPLimits.body`.
    case length(Int)
    /// Chunks, up to the last one and its trailers.
    case chunked
  }

  /// The method: any token. Whether it is known is for the router to say.
  package let method: HTTPMethod
  /// The request-target, decoded, in the form that the method asks for.
  package let target: HTTPTarget
  /// The header fields. After a target in absolute form, `Host` holds the target's authority (RFC
  /// 9112 section 3.2.2).
  package let headers: HTTPHeaders
  /// True if the request was sent as HTTP/1.0; else it is HTTP/1.1 or a later minor version, which
  /// is answered alike.
  package let isHTTP10: Bool
  /// True if the client asks to keep the connection, by its version and `Connection` (RFC 9112
  /// section 9.3).
  package let keepAlive: Bool
  /// True if the client waits for `100` before it sends the content. Never for HTTP/1.0 (RFC 9110
  /// section 10.1.1) and never without content to come.
  package let expectsContinue: Bool
  /// The framing of the content.
  package let bodyLength: BodyLength

  /// The request's version in status lines and logs of the server: 0 or 1.
  package var minorVersion: Int { isHTTP10 ? 0 : 1 }

  /// A head of the given parts.
  init(
    method: HTTPMethod, target: HTTPTarget, headers: HTTPHeaders, isHTTP10: Bool = false, keepAlive: Bool = true,
    expectsContinue: Bool = false, bodyLength: BodyLength = .none
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.isHTTP10 = isHTTP10
    self.keepAlive = keepAlive
    self.expectsContinue = expectsContinue
    self.bodyLength = bodyLength
  }
}

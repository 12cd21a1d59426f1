/// The answer of a handler. The server, not the handler, writes the framing (`Content-Length`),
/// `Date` and `Connection`.
package struct HTTPResponse: Sendable {
  /// The status.
  package var status: HTTPStatus
  /// The header fields, without those that the server writes.
  package var headers: HTTPHeaders
  /// The content. For `HEAD` the handler answers as for `GET`, and the server leaves the content
  /// out.
  package var body: [UInt8]
  /// Makes the content after `body`; nil if `body` is all of it. What it does must wait for another
  /// thread: the event loop serves no other connection until it does.
  package var next: HTTPContentPart.Maker?

  /// A response of the given parts.
  package init(
    status: HTTPStatus, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [], next: HTTPContentPart.Maker? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.next = next
  }
}

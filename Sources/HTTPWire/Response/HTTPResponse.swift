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

  /// A response of the given parts.
  package init(status: HTTPStatus, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// The reason why a message was rejected. The connection answers with `status` and closes: nothing
/// after the error is read as a request.
package struct HTTPError: Error, Equatable, Sendable {
  /// The status to answer with: `400`, `413`, `414`, `417`, `431`, `501` or `505`; the server adds
  /// `408`, `429` and `503`.
  package let status: HTTPStatus
  /// The error, in one sentence for the client, without any text from the message.
  package let reason: String

  /// After how many seconds it is worth while to come again (RFC 9110 section 10.2.3); nil where it
  /// would be the same.
  package let retryAfter: Int?

  /// Creates an error of the given status and reason.
  package init(_ status: Int, _ reason: String, retryAfter: Int? = nil) {
    self.retryAfter = retryAfter
    self.status = HTTPStatus(status)
    self.reason = reason
  }
}

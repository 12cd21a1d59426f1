package import HTTPWire

/// The handler that answers the requests.
package protocol HTTPRequestHandler: Sendable {
  /// The answer to a request: given at once, or later by what runs on the thread of the
  /// connection's event loop, as this does. The loop serves no other connection until this returns,
  /// and that returns or suspends: never block in either. Of one connection one request is under
  /// way at a time.
  func respond(to request: HTTPRequest, on connection: HTTPConnectionInfo) -> Eventual<HTTPResponse>

  /// Called when the head of a request is complete and its content is not. Returns the response if
  /// the content need not be read: the connection is closed after it. nil reads the content. Must
  /// not block.
  func rejection(of head: HTTPRequestHead, on connection: HTTPConnectionInfo) -> HTTPResponse?

  /// The answer to a message that was rejected (`400`, `413`, `414`, `417`, `431`, `501`, `505`),
  /// took too long (`408`) or came from an address with too many connections (`429`), or to a
  /// connection for which there is no room (`503`). The connection closes after it. Must not block.
  func respond(to error: HTTPError, on connection: HTTPConnectionInfo) -> HTTPResponse
}

extension HTTPRequestHandler {
  /// Reads the content of every request.
  package func rejection(of head: HTTPRequestHead, on connection: HTTPConnectionInfo) -> HTTPResponse? { nil }
}

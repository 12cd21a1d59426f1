/// The state of a connection, for metrics.
package enum HTTPConnectionState: String, CaseIterable, Sendable {
  /// It has no request.
  case idle
  /// A head or a body is arriving.
  case reading
  /// A handler is working on its request.
  case handling
  /// Its client has not read all of a response.
  case writing
  /// It has sent more requests than are answered at once, and waits for its turn.
  case queued
  /// It has its last response and waits for its client to close.
  case closing
}

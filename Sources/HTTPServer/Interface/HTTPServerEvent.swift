package import HTTPWire

/// The events of connections other than requests and answers, for logs.
package enum HTTPServerEvent: Sendable {
  /// A message was rejected or took too long, and was answered with the error's status.
  case rejected(HTTPError, HTTPConnectionInfo)
  /// A connection was cut without an answer.
  case cut(HTTPCutReason, HTTPConnectionInfo)
  /// A response that was sent in parts could not be completed, for this reason. The connection is
  /// cut.
  case contentFailed(any Error, HTTPConnectionInfo)
  /// The handshake of an encrypted connection failed, for this reason if the client's messages
  /// were to blame. The connection is cut.
  case handshakeFailed(String?, HTTPConnectionInfo)
  /// Descriptors or memory ran out (`errno`): nothing is accepted until a connection closes or a
  /// moment has passed.
  case acceptPaused(errno: Int32)
}

/// The reason why a connection was cut without an answer, or in the middle of one.
package enum HTTPCutReason: String, Sendable, CaseIterable {
  /// It idled too long.
  case idle
  /// Its client did not read the answers fast enough.
  case stalledReader = "stalled-reader"
  /// Its encryption could not be set up, or not in the time for a head.
  case handshake = "tls-handshake"
  /// It made room for another at the cap on connections.
  case evicted
  /// The content of its response could not be completed.
  case contentFailed = "content-failed"
  /// Its client reset it or it broke.
  case reset
  /// It was still open when the time for draining was over.
  case drain
}

/// Hears of `HTTPServerEvent`s.
package protocol HTTPServerObserver: Sendable {
  /// Called on the thread of an event loop; must not block.
  func observed(_ event: HTTPServerEvent)
}

/// An HTTP/1.1 server on sockets, plain or encrypted. It only reads and writes its connections, and
/// tells the observer of other events.
package final class HTTPServer: Sendable {
  private let core: ServerCore<LinuxSystem>

  /// A server that does not listen yet. Throws only if the kernel does not provide a descriptor.
  /// `security` encrypts every connection; nil leaves them plain.
  package init(
    settings: HTTPServerSettings, security: (any SecureTransportSource)? = nil, handler: any HTTPRequestHandler,
    observer: (any HTTPServerObserver)? = nil
  ) throws(HTTPServerError) {
    core = try ServerCore(
      settings: settings, security: security, handler: handler, observer: observer, system: LinuxSystem())
  }

  /// Listens and serves, on threads of its own; returns the addresses, with the ports that the
  /// kernel has picked. Call it once. `SIGPIPE` is ignored from then on, in the whole process.
  package func start() throws(HTTPServerError) -> [HTTPAddress] {
    try core.start()
  }

  /// Accepts no more, closes idle connections, and answers requests in progress with `Connection:
  /// close`; what is still open after `HTTPDeadlines.drain` is cut. Returns at once; for any
  /// thread, and harmless when called again.
  package func drain() {
    core.drain()
  }

  /// Blocks until the last connection is closed after `drain`.
  package func waitUntilStopped() {
    core.waitUntilStopped()
  }

  /// All that has been counted so far; for any thread.
  package var statistics: HTTPServerStatistics { core.statistics }
}

/// An address that a server listens on.
package enum HTTPAddress: Hashable, Sendable {
  /// A numeric IPv4 or IPv6 address, or `localhost`, and a port; 0 lets the kernel pick one.
  case network(host: String, port: UInt16)
  /// A Unix socket at a path, with its permission bits. Its clients count as 127.0.0.1.
  case local(path: String, mode: UInt32)
  /// A listening socket that this process was started with, by its descriptor. The server owns it
  /// from then on.
  case inherited(Int32)

  /// `HOST:PORT`, an IPv6 address in brackets; or `unix:PATH`.
  package var text: String {
    switch self {
    case .network(let host, let port): (host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host) + ":\(port)"
    case .local(let path, _): "unix:" + path
    case .inherited(let number): "descriptor \(number)"
    }
  }
}

/// The other end of a connection, as the socket knows it.
package struct HTTPConnectionInfo: Sendable {
  /// The peer's IP address as text, without a port or scope. An IPv4 client of an IPv6 listener has
  /// its IPv4 address.
  package let peerAddress: String
  /// The peer's port.
  package let peerPort: UInt16

  /// The given address and port.
  package init(peerAddress: String, peerPort: UInt16) {
    self.peerAddress = peerAddress
    self.peerPort = peerPort
  }
}

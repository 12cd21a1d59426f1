/// The other end of a connection, as the socket knows it.
package struct HTTPConnectionInfo: Sendable {
  /// The peer's IP address as text, without a port or scope. An IPv4 client of an IPv6 listener has
  /// its IPv4 address.
  package let peerAddress: String
  /// The peer's port.
  package let peerPort: UInt16
  /// True if this server decrypts the connection.
  package internal(set) var isEncrypted = false
  /// The subject of the client's certificate (RFC 4514); nil if it showed none.
  package internal(set) var clientSubject: String?
  /// The SHA-256 of the client's certificate in DER, as 64 lowercase hexadecimal digits; nil if it
  /// showed none that was valid at the handshake.
  package internal(set) var clientFingerprint: String?

  /// The given address and port.
  package init(peerAddress: String, peerPort: UInt16) {
    self.peerAddress = peerAddress
    self.peerPort = peerPort
  }
}

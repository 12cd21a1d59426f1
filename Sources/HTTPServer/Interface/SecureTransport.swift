/// Encrypts the connections of a server.
package protocol SecureTransportSource: Sendable {
  /// Returns the transport of an accepted connection; nil if there is no memory for it. Called on
  /// the thread of an event loop; must not block.
  func transport(for descriptor: Int32) -> (any SecureTransport)?
}

/// The encryption of one connection, between its socket and its machine. Only the loop's thread
/// uses it.
///
/// Like a system call each function returns a count of bytes, or a negated `errno`: `-EAGAIN` if
/// the socket must become ready first, for output if `needsOutput` says so.
package protocol SecureTransport: AnyObject {
  /// Continues the handshake; 0 if it is done.
  func handshake() -> Int
  /// Receives bytes; 0 at the end of input.
  func receive(into buffer: inout [UInt8]) -> Int
  /// Sends the first bytes of these. After `-EAGAIN` the next call begins with the same bytes.
  func send(_ bytes: Span<UInt8>) -> Int
  /// Tells the client that no more output follows; 0 if that has left, or cannot.
  func endOutput() -> Int
  /// True if the last call waits for room in the socket, and not for input.
  var needsOutput: Bool { get }
  /// True if bytes have been read from the socket that `receive` has not returned.
  var hasDecrypted: Bool { get }
  /// The memory that it holds for what has not arrived or not left, in bytes.
  var heldBytes: Int { get }
  /// The reason why it failed, for a log; nil if the connection broke.
  var failure: String? { get }
  /// The subject of the client's certificate, once the handshake is done.
  var clientSubject: String? { get }
  /// The SHA-256 of the client's certificate in DER, as 64 lowercase hexadecimal digits, once the
  /// handshake is done; nil without a certificate that is valid now.
  var clientFingerprint: String? { get }
}

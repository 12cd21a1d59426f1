/// The buffer into which one loop receives for all its connections: a connection that waits holds
/// no memory for bytes that have not come.
struct ReceiveBuffer: ~Copyable {
  /// One recv(2) at most. Enough for any usual request whole; small, since what a connection has
  /// sent beyond the current request is kept for it.
  static let capacity = 4 * 1024

  /// The bytes; those received last are at the front.
  private(set) var bytes = [UInt8](repeating: 0, count: ReceiveBuffer.capacity)

  /// Lets a call write into the buffer, `limit` bytes at most; it returns how many bytes it wrote,
  /// or a negated `errno`.
  mutating func fill(_ call: (UnsafeMutableRawPointer?, Int) -> Int) -> Int {
    unsafe bytes.withUnsafeMutableBytes { unsafe call($0.baseAddress, $0.count) }
  }

  /// Fills the buffer with decrypted bytes; returns the same.
  mutating func fill(from transport: any SecureTransport) -> Int {
    transport.receive(into: &bytes)
  }
}

import COpenSSL
import Glibc

/// The server's side of TLS on one connected, non-blocking socket, which has another owner. Only
/// one thread at a time may use it.
///
/// OpenSSL reads and writes the socket itself (`SSL_set_fd`). It then holds at most one record in
/// each direction, and a full socket stops the caller as it does without TLS. Memory BIOs would
/// add two queues to every connection, each with a bound of its own.
///
/// Each call returns a count of bytes, or a negated `errno`: `-EAGAIN` if the socket must become
/// ready first, `-EPROTO` if the other end broke the protocol.
@safe package final class TLSSession {
  private enum Phase {
    case handshaking
    case open
    /// Nothing can be sent any more: close_notify was sent, or the session has failed.
    case ended
  }

  /// The memory of a handshake, as measured with OpenSSL 3.0: the session, its buffers and the
  /// messages of both sides.
  private static let handshakeBytes = 48 * 1024
  /// The buffer of a record (RFC 8446 section 5.2), in one direction.
  private static let recordBytes = Int(SSL3_RT_MAX_PLAIN_LENGTH) + 1024

  private let handle: OpaquePointer
  private var phase = Phase.handshaking
  private var holdsOutput = false
  /// True if the last call waits for room in the socket, and not for input.
  package private(set) var needsOutput = false
  /// The reason why the session failed; nil if it did not, or if the connection broke.
  package private(set) var failure: String?
  /// The client's certificate; nil if it has none, and until the handshake is done.
  package private(set) var clientCertificate: ClientCertificate?

  /// A session that waits for the client's first message; nil if there is no memory for it.
  package init?(_ context: TLSContext, descriptor: Int32) {
    ERR_clear_error()
    guard let session = unsafe SSL_new(context.handle) else { return nil }
    unsafe handle = session
    guard unsafe SSL_set_fd(handle, descriptor) == 1 else { return nil }
    unsafe SSL_set_accept_state(handle)
  }

  deinit {
    unsafe SSL_free(handle)
  }

  /// The memory that OpenSSL holds for what has not arrived or not left, in bytes.
  package var heldBytes: Int {
    if phase == .handshaking { return Self.handshakeBytes }
    return unsafe (SSL_has_pending(handle) == 1 ? Self.recordBytes : 0) + (holdsOutput ? Self.recordBytes : 0)
  }

  /// True if bytes are decrypted that `receive` has not returned.
  package var hasDecrypted: Bool { unsafe SSL_pending(handle) > 0 }

  /// Continues the handshake; 0 if it is done.
  package func handshake() -> Int {
    let status = call { unsafe SSL_do_handshake(handle) }
    guard status > 0 else { return result(of: status) }
    phase = .open
    clientCertificate = unsafe ClientCertificate(SSL_get1_peer_certificate(handle))
    return 0
  }

  /// Receives what fits into the buffer, from one record; 0 at the end of input.
  package func receive(into buffer: inout [UInt8]) -> Int {
    var count = 0
    let status = call { unsafe SSL_read_ex(handle, &buffer, buffer.count, &count) }
    return status > 0 ? count : result(of: status)
  }

  /// Sends the first bytes of these, one record at most. After `-EAGAIN` the next call must begin
  /// with the same bytes.
  package func send(_ bytes: Span<UInt8>) -> Int {
    guard phase == .open else { return -Int(EPIPE) }
    var count = 0
    let status = call {
      unsafe bytes.withUnsafeBytes { unsafe SSL_write_ex(handle, $0.baseAddress, $0.count, &count) }
    }
    holdsOutput = status <= 0
    if status > 0 { return count }
    let failure = result(of: status)
    return failure == 0 ? -Int(EPIPE) : failure
  }

  /// Sends close_notify, after which nothing can be sent; 0 if it has left or cannot.
  package func endOutput() -> Int {
    guard phase == .open else { return 0 }
    let status = call { unsafe SSL_shutdown(handle) }
    // 0: it was sent, and the other end's has not arrived.
    if status < 0 && result(of: status) == -Int(EAGAIN) && needsOutput { return -Int(EAGAIN) }
    phase = .ended
    return 0
  }

  /// SSL_get_error(3) needs an empty queue of errors before the call.
  private func call(_ body: () -> Int32) -> Int32 {
    ERR_clear_error()
    needsOutput = false
    return body()
  }

  private func result(of status: Int32) -> Int {
    let number = errno
    switch unsafe SSL_get_error(handle, status) {
    case SSL_ERROR_WANT_READ: return -Int(EAGAIN)
    case SSL_ERROR_WANT_WRITE:
      needsOutput = true
      return -Int(EAGAIN)
    case SSL_ERROR_ZERO_RETURN: return 0
    case SSL_ERROR_SYSCALL:
      phase = .ended
      ERR_clear_error()
      return number == 0 ? -Int(ECONNRESET) : -Int(number)
    default:
      phase = .ended
      failure = TLSError.takeReason()
      return -Int(EPROTO)
    }
  }
}

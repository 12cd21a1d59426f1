import Glibc

/// The standard output and standard error of this process.
struct StandardStreams: Console {
  func write(_ text: String) throws(CommandFailure) {
    do {
      try Self.write(Array(text.utf8), to: STDOUT_FILENO)
    } catch {
      throw .failed("cannot write to standard output: \(error.message)")
    }
  }

  func say(_ text: String) {
    try? Self.write(Array((text + "\n").utf8), to: STDERR_FILENO)
  }

  /// Writes all of the bytes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN {
        waitUntilWritable(descriptor)
        continue
      }
      guard count >= 0 else { throw .current }
      sent += count
    }
  }

  /// Somebody else who holds the same pipe may have made it non-blocking.
  private static func waitUntilWritable(_ descriptor: Int32) {
    var waited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&waited, 1, -1)
  }
}

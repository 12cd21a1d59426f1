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
      guard count >= 0 else { throw .current }
      sent += count
    }
  }
}

import Glibc

/// An open file, closed with its owner.
struct FileDescriptor: ~Copyable {
  private let number: Int32
  private let path: String

  /// Opens the file; one that is made gets mode 0600.
  init(_ path: String, _ flags: Int32) throws(FileError) {
    number = unsafe open(path, flags | O_CLOEXEC, 0o600)
    self.path = path
    if number < 0 { throw FileError("open", path) }
  }

  deinit {
    close(number)
  }

  /// At most `count` bytes from where the file stands.
  func read(_ count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(number, $0.baseAddress?.advanced(by: filled), count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileError("read", path) }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }

  /// Writes all the bytes.
  func write(_ bytes: [UInt8]) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written >= 0 else { throw FileError("write", path) }
      rest = rest.dropFirst(written)
    }
  }

  /// Waits until content and length are on the disk.
  func sync() throws(FileError) {
    guard fsync(number) == 0 else { throw FileError("fsync", path) }
  }

  /// Takes the file's lock if nobody holds it; false if somebody does. It is given back when the file is closed, also
  /// by a process that is killed (flock(2)).
  func tryLock() throws(FileError) -> Bool {
    if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
    guard errno == EWOULDBLOCK else { throw FileError("flock", path) }
    return false
  }
}

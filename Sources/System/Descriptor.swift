import CLinux
import Glibc

/// The owner of a file descriptor, which closes it.
package struct Descriptor: ~Copyable, Sendable {
  /// The number that system calls take.
  package let number: Int32
  private let path: String?

  /// Takes over what a call returned; a negative number throws the call's failure.
  package init(_ number: Int32, from call: String, path: String? = nil) throws(SystemError) {
    guard number >= 0 else { throw SystemError(call, path) }
    (self.number, self.path) = (number, path)
  }

  /// Opens a file with open(2), close-on-exec. A file that it creates gets mode 0600.
  package init(opening path: String, _ flags: Int32) throws(SystemError) {
    try self.init(unsafe open(path, flags | O_CLOEXEC, 0o600), from: "open", path: path)
  }

  deinit {
    // Linux frees the number whatever close(2) returns; a second call after EINTR could close
    // another file.
    close(number)
  }

  /// Reads until `count` bytes or the end of the file.
  package borrowing func read(upTo count: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(number, $0.baseAddress?.advanced(by: filled), count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw SystemError("read", path) }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }

  /// Writes all the bytes.
  package borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
    try Self.write(bytes, to: number, path)
  }

  /// Writes all the bytes to a descriptor that has another owner, such as standard output.
  package static func write(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
    try write(bytes, to: number, nil)
  }

  private static func write(_ bytes: [UInt8], to number: Int32, _ path: String?) throws(SystemError) {
    if writePrefix(of: bytes, to: number) < bytes.count { throw SystemError("write", path) }
  }

  /// Writes to a descriptor that has another owner, until the first error. Returns the number of
  /// bytes written; if it is less than all, `errno` is the error.
  package static func writePrefix(of bytes: [UInt8], to number: Int32) -> Int {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
      }
      if count < 0 && errno == EINTR { continue }
      // Another process that holds the same pipe may have made it non-blocking.
      if count < 0 && errno == EAGAIN {
        _ = Self.poll(number, POLLOUT, milliseconds: -1)
        continue
      }
      guard count >= 0 else { return sent }
      sent += count
    }
    return sent
  }

  /// Waits until the content and the length are on the disk.
  package borrowing func sync() throws(SystemError) {
    guard fsync(number) == 0 else { throw SystemError("fsync", path) }
  }

  /// Returns the identity of the open file, or nil if it is not a regular file.
  package borrowing func identity() throws(SystemError) -> File.Identity? {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw SystemError("fstat", path) }
    return status.st_mode & S_IFMT == S_IFREG ? File.Identity(status) : nil
  }

  /// The size of a file and the time of its last change: they differ if it was written meanwhile.
  package struct Stamp: Equatable, Sendable {
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    init(_ status: stat) {
      (size, seconds, nanoseconds) = (status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  /// Returns the stamp of the open file.
  package borrowing func stamp() throws(SystemError) -> Stamp {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw SystemError("fstat", path) }
    return Stamp(status)
  }

  /// Gives the file to the owner and group of another one, if this process is root.
  package borrowing func giveToOwner(of other: String) throws(SystemError) {
    guard geteuid() == 0 else { return }
    var status = stat()
    guard unsafe stat(other, &status) == 0 else { throw SystemError("stat", other) }
    guard fchown(number, status.st_uid, status.st_gid) == 0 else { throw SystemError("fchown", path) }
  }

  /// Takes the file's lock; false if another open file holds it. The kernel releases it when the
  /// descriptor is closed, also when the process is killed (flock(2)).
  package borrowing func tryLock() throws(SystemError) -> Bool {
    if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
    guard errno == EWOULDBLOCK else { throw SystemError("flock", path) }
    return false
  }

  /// Waits with poll(2) for an event; false if the time in milliseconds (-1 for no limit) has
  /// passed.
  package static func poll(_ number: Int32, _ events: Int32, milliseconds: Int32) -> Bool {
    var waited = pollfd(fd: number, events: Int16(events), revents: 0)
    while true {
      let count = unsafe Glibc.poll(&waited, 1, milliseconds)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }
}

extension Descriptor {
  /// epoll_create1(2).
  package static func poller() throws(SystemError) -> Descriptor {
    try Descriptor(epoll_create1(Int32(EPOLL_CLOEXEC)), from: "epoll_create1")
  }
}

import Glibc
import System

/// The file that a descriptor of the log leads to, so that it can be opened again after a rotation.
struct LogFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// The file of a descriptor; nil if the descriptor is a terminal, a pipe or a socket.
  init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    // proc(5): the link holds the path at which the file was opened. After a rotation it would be
    // the new name, so the path is read once.
    guard let path = unsafe realpath("/proc/self/fd/\(descriptor)", nil) else { return nil }
    defer { unsafe free(path) }
    self.path = unsafe String(cString: path)
    self.descriptor = descriptor
  }

  /// Opens the file at the path, creates it if it is missing, and puts it in place of the one
  /// before. dup2(2) does so in one step: a line goes to one of the two files.
  func reopen() throws(SystemError) {
    let opened = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw SystemError("open") }
    defer { close(opened) }
    guard dup2(opened, descriptor) >= 0 else { throw SystemError("dup2") }
  }
}

import Glibc

/// A failed system call on a file.
struct FileError: Error, Hashable, CustomStringConvertible {
  let call: String
  let path: String
  let number: Int32

  /// The failure that the call has left in `errno`.
  init(_ call: String, _ path: String) {
    self.call = call
    self.path = path
    number = errno
  }

  var description: String {
    unsafe "\(call) \(path): \(String(cString: strerror(number)))"
  }

  static let readOnlyFileSystem = EROFS
  static let accessDenied = EACCES
  static let notPermitted = EPERM
  static let noSpace = ENOSPC
  static let overQuota = EDQUOT
  static let exists = EEXIST
  static let wouldBlock = EWOULDBLOCK
}

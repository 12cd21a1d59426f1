import Glibc

/// A failed system call.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the call, such as `open`.
  package let call: String
  /// The file that it was made on, if there is one.
  package let path: String?
  /// Its `errno`.
  package let number: Int32

  /// The failure of a call with this `errno`; by default the one that the last call on this thread
  /// has left.
  package init(_ call: String, _ path: String? = nil, number: Int32 = errno) {
    (self.call, self.path, self.number) = (call, path, number)
  }

  /// The text of strerror(3), such as `Permission denied`.
  package var message: String { Self.message(of: number) }

  /// The call, the file and the reason: `open /var/lib/x: Permission denied`.
  package var description: String {
    path.map { "\(call) \($0): \(message)" } ?? "\(call): \(message)"
  }

  /// The reason why the system does not change a file.
  package enum Kind: Sendable {
    /// The disk, the quota or the maximum size of a file is reached.
    case noSpace
    /// The file, its folder or its file system is read-only for this process.
    case readOnly
  }

  /// Returns the meaning of an `errno`; nil if the system did not reject a change but failed.
  package static func kind(of number: Int32) -> Kind? {
    switch number {
    case ENOSPC, EDQUOT, EFBIG: .noSpace
    case EROFS, EACCES, EPERM: .readOnly
    default: nil
    }
  }

  /// The text of strerror(3) for an `errno`.
  package static func message(of number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 128)
    return unsafe buffer.withUnsafeMutableBufferPointer { text in
      guard let base = text.baseAddress, unsafe strerror_r(number, base, text.count) == 0 else {
        return "error \(number)"
      }
      return unsafe String(cString: base)
    }
  }
}

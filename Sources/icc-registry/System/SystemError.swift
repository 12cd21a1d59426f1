import Glibc

/// What the kernel refused, in its own words.
struct SystemError: Error, Equatable {
  let number: Int32

  /// The words of strerror(3), such as `Permission denied`.
  var message: String {
    var buffer = [CChar](repeating: 0, count: 128)
    return unsafe buffer.withUnsafeMutableBufferPointer { text in
      guard let base = text.baseAddress, unsafe strerror_r(number, base, text.count) == 0 else {
        return "error \(number)"
      }
      return unsafe String(cString: base)
    }
  }

  /// What `errno` says now.
  static var current: SystemError { SystemError(number: errno) }
}

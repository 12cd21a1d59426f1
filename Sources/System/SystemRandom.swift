import CLinux

/// The operating system's cryptographic random source.
package enum SystemRandom {
  /// Returns `count` random bytes, 1 to 256, by one system call: Swift's generator makes one for
  /// every eight bytes. getrandom(2), "Interruption by a signal handler": so few bytes are always
  /// returned whole.
  package static func bytes(_ count: Int) -> [UInt8] {
    precondition((1...256).contains(count))
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      let drawn = unsafe getrandom(bytes.baseAddress, count, 0)
      precondition(drawn == count, "getrandom failed")
      filled = count
    }
  }
}

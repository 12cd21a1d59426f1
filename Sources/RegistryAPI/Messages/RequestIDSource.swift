import Synchronization
import Text

/// Makes the server's identifier of each request: `req-` and 32 hexadecimal digits.
///
/// The digits are a keyed hash of a counter: two identifiers tell a client nothing about the number
/// of requests between them. Swift's `Hasher` is SipHash-1-3, a pseudorandom function
/// (https://github.com/swiftlang/swift/blob/main/stdlib/public/core/SipHash.swift). It needs no
/// system call, as random digits do.
struct RequestIDSource: ~Copyable {
  private static let prefix: StaticString = "req-"
  private static let digits = 16

  private let key: (UInt64, UInt64)
  private let count = Atomic<UInt64>(0)

  init() {
    var generator = SystemRandomNumberGenerator()
    key = (generator.next(), generator.next())
  }

  /// Returns a new identifier.
  func next() -> String {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    let start = Self.prefix.utf8CodeUnitCount
    let halves = (hash(of: number, half: 0), hash(of: number, half: 1))
    return unsafe String(unsafeUninitializedCapacity: start + 2 * Self.digits) { text in
      for index in 0..<start { unsafe text[index] = Self.prefix.utf8Start[index] }
      for index in 0..<Self.digits {
        let shift = UInt64(4 * index)
        unsafe text[start + index] = Hexadecimal.digit(UInt8(truncatingIfNeeded: halves.0 >> shift))
        unsafe text[start + Self.digits + index] = Hexadecimal.digit(UInt8(truncatingIfNeeded: halves.1 >> shift))
      }
      return start + 2 * Self.digits
    }
  }

  private func hash(of number: UInt64, half: UInt64) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key.0)
    hasher.combine(key.1)
    hasher.combine(number)
    hasher.combine(half)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}

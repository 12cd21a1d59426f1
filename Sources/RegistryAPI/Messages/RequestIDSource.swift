import HTTPWire
import Registry
import Synchronization
import Text

/// Returns the identifier of each request: the caller's, if it is suitable for a header and a log,
/// or a new one.
struct RequestIDSource: ~Copyable {
  private let process: [UInt8]
  private let count = Atomic<UInt64>(0)

  init() {
    var generator = SystemRandomNumberGenerator()
    let random = UInt64.random(in: .min ... .max, using: &generator)
    process = Array("req-\(String(random, radix: 36))-".utf8)
  }

  /// Returns the caller's identifier if it is 1 to 64 of `A-Za-z0-9._-` and does not contain a
  /// bearer token, since identifiers are logged; otherwise a new one.
  func identifier(for headers: HTTPHeaders) -> String {
    if let own = headers.first("X-Request-Id"), Self.isSuitable(own) { return own }
    return fresh()
  }

  func fresh() -> String {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    var (digits, rest) = (1, number / 36)
    while rest > 0 { (digits, rest) = (digits + 1, rest / 36) }
    return unsafe String(unsafeUninitializedCapacity: process.count + digits) { text in
      for index in process.indices { unsafe text[index] = process[index] }
      var rest = number
      for index in (process.count..<process.count + digits).reversed() {
        unsafe text[index] = Self.digit(rest % 36)
        rest /= 36
      }
      return process.count + digits
    }
  }

  private static func digit(_ value: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 10 ? 0x30 + value : 0x57 + value)
  }

  private static func isSuitable(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && !text.contains(TokenText.prefix)
      && text.utf8.allSatisfy { byte in
        ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "-")
      }
  }
}

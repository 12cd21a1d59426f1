import HTTPWire
import Synchronization

/// Gives every request an identifier: the caller's own, if it is fit for a header and a log, else a fresh one.
struct RequestIDSource: ~Copyable {
  private let process: String
  private let count = Atomic<UInt64>(0)

  init() {
    var generator = SystemRandomNumberGenerator()
    let random = UInt64.random(in: .min ... .max, using: &generator)
    process = "req-" + String(random, radix: 36) + "-"
  }

  /// 1 to 64 of `A-Za-z0-9._-`, and no bearer token that was sent in the wrong header: identifiers are logged.
  func identifier(for headers: HTTPHeaders) -> String {
    if let own = headers.first("X-Request-Id"), Self.isFit(own) { return own }
    return fresh()
  }

  func fresh() -> String {
    process + String(count.wrappingAdd(1, ordering: .relaxed).newValue, radix: 36)
  }

  private static func isFit(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && !text.contains(TokenText.prefix)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}

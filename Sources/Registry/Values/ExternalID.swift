import System
import Text

/// The value that the customer's trust policy asks for in `sts:ExternalId`: 32 bytes of the
/// system's cryptographic random source.
package struct ExternalID: Hashable, Sendable, CustomStringConvertible {
  /// The number of bytes: 256 bits, so that a guess or a collision is out of reach.
  package static let byteCount = 32

  /// The 32 bytes.
  package let bytes: [UInt8]

  /// The external ID of these bytes; nil where they are not 32.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// The external ID written as these 64 lower-case hexadecimal digits; nil for any other text.
  package init?(hex: String) {
    guard let bytes = Hexadecimal.bytes(ofLowercase: hex), bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// A fresh one from the system's cryptographic random source (`getrandom(2)`); never the
  /// article's sample.
  package static func random() -> ExternalID {
    repeat {
      let drawn = ExternalID(unchecked: SystemRandom.bytes(byteCount))
      if drawn != sample { return drawn }
    } while true
  }

  /// The value that the article shows in its snippet; people paste it unchanged, so it is
  /// recognised and never issued.
  package static let sample = ExternalID(
    unchecked: [
      0xd6, 0x8b, 0x1d, 0xb4, 0x3e, 0xd5, 0x2e, 0x7e, 0x02, 0x97, 0xdb, 0xac, 0xa2, 0xba, 0xd2, 0x0f,
      0x40, 0xd4, 0xfa, 0xaf, 0x92, 0xb5, 0x34, 0x98, 0x91, 0xf0, 0x8f, 0xdd, 0xde, 0x53, 0x0e, 0x23,
    ])

  /// The 64 lower-case hexadecimal digits that the customer sees.
  package var hex: String {
    unsafe String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
      for (index, byte) in bytes.enumerated() {
        unsafe text[2 * index] = Hexadecimal.digit(byte >> 4)
        unsafe text[2 * index + 1] = Hexadecimal.digit(byte)
      }
      return 2 * bytes.count
    }
  }

  /// The same as `hex`.
  package var description: String { hex }

  private init(unchecked bytes: [UInt8]) {
    self.bytes = bytes
  }
}

import OpenSSLKit
import Text

/// The SHA-256 of a token's text: what is stored of it, and what it is found by.
package struct TokenHash: Hashable, Sendable {
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// The hash of these 32 bytes, which the caller has worked out of a token's text.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The fingerprint by which the audit trail recognises the hash: the first 16 bytes of its
  /// SHA-256, as 32 hexadecimal digits. Neither the hash nor the token follows from it.
  package var fingerprint: String {
    Hexadecimal.text(SHA256.digest(of: bytes).prefix(16))
  }

  /// Some bytes of a digest are as evenly spread as all of them.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}

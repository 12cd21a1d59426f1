import OpenSSLKit
import Text

/// The end of the audit trail: the last event's number and its hash, which covers all events up to
/// it. A copy that is kept elsewhere shows if any of them is changed later.
package struct AuditHead: Hashable, Sendable, CustomStringConvertible {
  /// The number of the last event; 0 if there is none.
  package let sequence: Int64
  /// The 32 bytes of its hash.
  package let hash: [UInt8]

  /// The end of an empty audit trail: its hash is 32 zeros.
  package static let start = AuditHead(sequence: 0, hash: [UInt8](repeating: 0, count: SHA256.digestCount))

  /// The end of these parts, as the store keeps them.
  package init(sequence: Int64, hash: [UInt8]) {
    self.sequence = sequence
    self.hash = hash
  }

  /// The end with this description; nil for any other text.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.allSatisfy(ASCII.isDigit), let sequence = Int64(parts[0]) else { return nil }
    self.init(sequence: sequence, hashText: parts[1])
  }

  /// The end of these parts, the hash in lower-case hexadecimal digits; nil for a hash that does
  /// not have 32 bytes.
  init?(sequence: Int64, hashText: some StringProtocol) {
    guard let hash = Hexadecimal.bytes(ofLowercase: hashText), hash.count == SHA256.digestCount else { return nil }
    self.init(sequence: sequence, hash: hash)
  }

  /// The hash as 64 lower-case hexadecimal digits.
  package var hashText: String { Hexadecimal.text(hash) }

  /// `SEQ:HASH`, as `verify-database` prints it and `--anchor` takes it.
  package var description: String { "\(sequence):\(hashText)" }
}

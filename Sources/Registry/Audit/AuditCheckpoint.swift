import JSON
package import OpenSSLKit
import Text

/// A signed copy of the audit trail's end. It is kept where a writer of the database cannot change
/// it: a trail whose hashes were all computed again does not agree with it.
package struct AuditCheckpoint: Sendable {
  /// The time at which it was signed.
  package let at: Timestamp
  /// The end of the audit trail at that time.
  package let head: AuditHead
  /// The 64 bytes of the Ed25519 signature.
  private let signature: [UInt8]

  /// Signs the end of the audit trail; nil if libcrypto cannot sign.
  package init?(of head: AuditHead, at time: Timestamp, key: Ed25519.PrivateKey) {
    guard let signature = key.signature(of: Self.message(head, time.description)) else { return nil }
    (self.at, self.head, self.signature) = (time, head, signature)
  }

  /// One line of JSON, without an end of line:
  /// `{"at":"2026-11-27T10:15:30.123Z","seq":7,"hash":"…","signature":"…"}`.
  package var line: String {
    JSONValue.object([
      ("at", .string(at.description)), ("seq", .number(head.sequence)), ("hash", .string(head.hashText)),
      ("signature", .string(Hexadecimal.text(signature))),
    ]).text()
  }

  /// Returns the end of the audit trail that a line has; nil unless the line is a checkpoint with a
  /// valid signature by `key`.
  package static func head(in line: [UInt8], signedBy key: Ed25519.PublicKey) -> AuditHead? {
    guard let fields = try? JSONValue(parsing: line), let at = fields["at"]?.stringValue,
      let sequence = fields["seq"]?.numberValue?.int, let hash = fields["hash"]?.stringValue,
      let signature = fields["signature"]?.stringValue.flatMap({ Hexadecimal.bytes(ofLowercase: $0) }),
      let head = AuditHead(sequence: Int64(sequence), hashText: hash),
      key.verifies(signature, of: message(head, at))
    else { return nil }
    return head
  }

  /// The signed text, three lines after the first. The first says what is signed, so that the key's
  /// other signatures are not taken for one of these.
  private static func message(_ head: AuditHead, _ at: String) -> [UInt8] {
    Array("icc-registry/checkpoint/1\n\(at)\n\(head.sequence)\n\(head.hashText)\n".utf8)
  }
}

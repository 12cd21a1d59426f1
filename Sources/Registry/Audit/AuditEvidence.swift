package import OpenSSLKit

/// Copies of the audit trail's end that were kept outside of the database, for comparison.
package struct AuditEvidence: Sendable {
  /// A file of checkpoints.
  package struct Checkpoints: Sendable {
    /// The path, one checkpoint a line.
    package let file: String
    /// The key that has signed them.
    package let key: Ed25519.PublicKey

    /// The checkpoints in this file.
    package init(file: String, key: Ed25519.PublicKey) {
      self.file = file
      self.key = key
    }
  }

  /// The end at an earlier time.
  package let anchor: AuditHead?
  /// The signed ends of earlier times.
  package let checkpoints: Checkpoints?

  /// No copies.
  package static let none = AuditEvidence(anchor: nil, checkpoints: nil)

  /// The given copies.
  package init(anchor: AuditHead?, checkpoints: Checkpoints?) {
    self.anchor = anchor
    self.checkpoints = checkpoints
  }
}

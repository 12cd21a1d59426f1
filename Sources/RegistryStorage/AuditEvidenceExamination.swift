package import Registry
import System

/// Compares the audit trail with copies of its end that were kept elsewhere. Together with the
/// chain, a copy proves all events up to its own.
package struct AuditEvidenceExamination {
  /// A file of checkpoints that cannot be read.
  package struct Unreadable: Error {
    /// The file's path.
    package let file: String
    /// The reason, for the operator.
    package let reason: String
  }

  private let evidence: AuditEvidence
  private let ignoresLater: Bool

  /// An examination by this evidence. A backup can be older than the copies, and then
  /// `ignoresLater`.
  package init(_ evidence: AuditEvidence, ignoresLater: Bool) {
    (self.evidence, self.ignoresLater) = (evidence, ignoresLater)
  }

  /// Returns the differences. `hash` returns the hash of the event with a number, or nil if there
  /// is none. Throws its errors and `Unreadable`.
  package func findings(hash: (Int64) throws -> [UInt8]?) throws -> [String] {
    var found = BoundedFindings()
    if let anchor = evidence.anchor, let difference = try difference(from: anchor, hash) {
      found.append("the anchor does not match: \(difference)")
    }
    if let checkpoints = evidence.checkpoints { try compare(checkpoints, hash, &found) }
    return found.lines
  }

  private func compare(
    _ checkpoints: AuditEvidence.Checkpoints, _ hash: (Int64) throws -> [UInt8]?, _ found: inout BoundedFindings
  ) throws {
    var lines = try reading(checkpoints.file) { () throws(SystemError) in try LineReader(checkpoints.file) }
    while let line = try reading(checkpoints.file, { () throws(SystemError) in try lines.next() }) {
      let place = "line \(lines.number) of \(checkpoints.file)"
      guard let head = AuditCheckpoint.head(in: line, signedBy: checkpoints.key) else {
        found.append("\(place) is not a checkpoint that this key has signed")
        continue
      }
      if let difference = try difference(from: head, hash) {
        found.append("the checkpoint in \(place) does not match: \(difference)")
      }
    }
  }

  private func reading<Value: ~Copyable>(
    _ file: String, _ body: () throws(SystemError) -> Value
  ) throws(Unreadable) -> Value {
    do { return try body() } catch { throw Unreadable(file: file, reason: error.message) }
  }

  /// Returns the difference between the audit trail and a copy of its end; nil if there is none.
  private func difference(from copy: AuditHead, _ hash: (Int64) throws -> [UInt8]?) throws -> String? {
    if copy.sequence == 0 { return copy == .start ? nil : "an empty audit trail has another hash" }
    guard let present = try hash(copy.sequence) else {
      return ignoresLater ? nil : "event \(copy.sequence) is missing"
    }
    return present == copy.hash ? nil : "event \(copy.sequence) had another hash then"
  }
}

import Registry
import SQLiteKit
import System

/// Compares the audit trail with copies of its end that were kept elsewhere. Together with the
/// chain, a copy proves all events up to its own.
struct AuditEvidenceExamination {
  let connection: SQLiteConnection
  /// The database's path, for errors.
  let path: String
  let evidence: AuditEvidence
  /// True for a backup, which can be older than the copies.
  let ignoresLater: Bool

  func findings() throws(MaintenanceError) -> [String] {
    var found = BoundedFindings()
    if let anchor = evidence.anchor, let difference = try difference(from: anchor) {
      found.append("the anchor does not match: \(difference)")
    }
    if let checkpoints = evidence.checkpoints { try compare(checkpoints, &found) }
    return found.lines
  }

  private func compare(
    _ checkpoints: AuditEvidence.Checkpoints, _ found: inout BoundedFindings
  ) throws(MaintenanceError) {
    var lines = try reading(checkpoints.file) { () throws(SystemError) in try LineReader(checkpoints.file) }
    while let line = try reading(checkpoints.file, { () throws(SystemError) in try lines.next() }) {
      let place = "line \(lines.number) of \(checkpoints.file)"
      guard let head = AuditCheckpoint.head(in: line, signedBy: checkpoints.key) else {
        found.append("\(place) is not a checkpoint that this key has signed")
        continue
      }
      if let difference = try difference(from: head) {
        found.append("the checkpoint in \(place) does not match: \(difference)")
      }
    }
  }

  private func reading<Value: ~Copyable>(
    _ file: String, _ body: () throws(SystemError) -> Value
  ) throws(MaintenanceError) -> Value {
    do { return try body() } catch { throw .evidence(file, reason: error.message) }
  }

  /// Returns the difference between the audit trail and a copy of its end; nil if there is none.
  private func difference(from copy: AuditHead) throws(MaintenanceError) -> String? {
    if copy.sequence == 0 { return copy == .start ? nil : "an empty audit trail has another hash" }
    let hash = try MaintenanceError.translating(path) { () throws(SQLiteError) in
      try connection.first("SELECT hash FROM events WHERE seq = ?", [.integer(copy.sequence)]) { $0.blob(0) }
    }
    guard let hash else { return ignoresLater ? nil : "event \(copy.sequence) is missing" }
    return hash == copy.hash ? nil : "event \(copy.sequence) had another hash then"
  }
}

package import Registry
package import RegistryStorage
import SQLiteKit
import System

/// The commands' operations on a whole database.
package enum DatabaseMaintenance {
  /// Returns this program's migrations with the time at which each was applied to the database.
  package static func migrations(of path: String) throws(MaintenanceError) -> [MigrationStatus] {
    try MaintenanceError.translating { () throws(StoreOpeningError) in
      let database = try ExistingDatabase(path)
      let runner = MigrationRunner(connection: database.connection, migrations: Migration.all)
      let applied = try StoreOpeningError.translating(path) { () throws(SQLiteError) in try runner.applied() }
      return Migration.all.enumerated().map { index, migration in
        MigrationStatus(name: migration.name, appliedAt: index < applied.count ? applied[index].at : nil)
      }
    }
  }

  /// Writes one state of the database, with every write acknowledged before the call, to a new file
  /// with mode 0600. A running server is not blocked. The file gets its name only once it is
  /// complete and on the disk. Removes what killed backups have left in its folder.
  @discardableResult
  package static func backUp(
    _ path: String, to target: String, now: Timestamp, _ pace: BackupPace = BackupPace()
  ) throws(MaintenanceError) -> BackupResult {
    guard !File.exists(target) else { throw .targetExists(target) }
    return try MaintenanceError.translating { () throws(StoreOpeningError) in
      let database = try ExistingDatabase(path)
      let removed = UnfinishedCopy.removeLeftovers(in: File.folder(of: target))
      let copy = try StoreOpeningError.translatingFiles(target) { () throws(SystemError) in
        try UnfinishedCopy(for: target)
      }
      try database.copy(to: copy.path, pace)
      try StoreOpeningError.translatingFiles(target) { () throws(SystemError) in try copy.complete(as: target) }
      do throws(SystemError) { try BackupRecord.write(database.files, now) } catch {
        return BackupResult(removedFiles: removed, recordingError: error.description)
      }
      return BackupResult(removedFiles: removed, recordingError: nil)
    }
  }

  /// Examines one state of the database, and compares its audit trail with the evidence. `now` is
  /// the time at which tokens must be valid to be noted; with `isBackup`, evidence that is newer
  /// than the database is ignored.
  package static func examine(
    _ path: String, against evidence: AuditEvidence = .none, isBackup: Bool = false, now: Timestamp
  ) throws(MaintenanceError) -> DatabaseReport {
    let database = try MaintenanceError.translating { () throws(StoreOpeningError) in try ExistingDatabase(path) }
    let connection = database.connection
    var report = try MaintenanceError.translating(path) { () throws(SQLiteError) in
      try connection.beginDeferred()
      return try DatabaseExamination(connection: connection, now: now).report()
    }
    defer { connection.rollBack() }
    report.findings += try findings(of: evidence, isBackup: isBackup, connection, path)
    return report
  }

  private static func findings(
    of evidence: AuditEvidence, isBackup: Bool, _ connection: SQLiteConnection, _ path: String
  ) throws(MaintenanceError) -> [String] {
    do {
      return try AuditEvidenceExamination(evidence, ignoresLater: isBackup).findings { sequence in
        try connection.first("SELECT hash FROM events WHERE seq = ?", [.integer(sequence)]) { $0.blob(0) }
      }
    } catch let error as AuditEvidenceExamination.Unreadable {
      throw .evidence(error.file, reason: error.reason)
    } catch let error as SQLiteError {
      throw .database(StoreOpeningError(error, path))
    } catch {
      throw .evidence(path, reason: "\(error)")
    }
  }

  /// Replaces the database with the backup, unless the backup has findings. No server may have the
  /// database open. The replaced database, if there was one, is kept in the same folder.
  @discardableResult
  package static func restore(
    _ backup: String, to path: String, against evidence: AuditEvidence = .none, now: Timestamp
  ) throws(MaintenanceError) -> RestoreResult {
    let files = try MaintenanceError.translating { () throws(StoreOpeningError) in try DatabaseFiles(path) }
    let lock = try MaintenanceError.translating { () throws(StoreOpeningError) in try ServerLock.take(files) }
    defer { withExtendedLifetime(lock) {} }
    let report = try examine(backup, against: evidence, isBackup: true, now: now)
    guard report.findings.isEmpty else { throw .unsound(backup, findings: report.findings) }
    let replaced = try MaintenanceError.translating { () throws(StoreOpeningError) in
      try StoreOpeningError.translatingFiles(path) { () throws(SystemError) in
        for part in UnfinishedCopy.parts(of: files.unfinished) { try File.remove(part) }
      }
      try ExistingDatabase(backup).copy(to: files.unfinished, BackupPace())
      // Before the old database loses its name: without the marker a start would create a new one.
      try Marker.write(files, at: now)
      return try StoreOpeningError.translatingFiles(path) { () throws(SystemError) in
        try ReplacedDatabase(files: files, now: now).replace()
      }
    }
    return RestoreResult(replaced: replaced, notes: report.notes)
  }
}

/// The result of a complete backup.
package struct BackupResult: Sendable {
  /// The files of killed backups that were removed.
  package let removedFiles: [String]
  /// The reason why the time of the backup was not stored next to the database; nil if it was.
  package let recordingError: String?
}

/// The result of a complete restore.
package struct RestoreResult: Sendable {
  /// The path of the old database; nil if there was none.
  package let replaced: String?
  /// The facts about the backup that cannot be proven.
  package let notes: [String]
}

/// The state of one of this program's migrations in a database.
package struct MigrationStatus: Sendable {
  /// The file's name without `.sql`.
  package let name: String
  /// The time at which it was applied; nil if it is pending.
  package let appliedAt: Timestamp?
}

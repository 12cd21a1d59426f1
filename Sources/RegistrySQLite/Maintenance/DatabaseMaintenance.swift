package import Registry
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

  /// Returns all findings in the database; none if it is intact.
  package static func findings(in path: String) throws(MaintenanceError) -> [String] {
    try MaintenanceError.translating { () throws(StoreOpeningError) in
      let database = try ExistingDatabase(path)
      return try StoreOpeningError.translating(path) { () throws(SQLiteError) in
        try DatabaseExamination(connection: database.connection).findings()
      }
    }
  }

  /// Replaces the database with the backup. No server may have the database open. The replaced
  /// database, if there was one, is kept in the same folder, and its path is returned.
  @discardableResult
  package static func restore(
    _ backup: String, to path: String, now: Timestamp
  ) throws(MaintenanceError) -> String? {
    let files = try MaintenanceError.translating { () throws(StoreOpeningError) in try DatabaseFiles(path) }
    let lock = try MaintenanceError.translating { () throws(StoreOpeningError) in try ServerLock.take(files) }
    defer { withExtendedLifetime(lock) {} }
    let errors = try findings(in: backup)
    guard errors.isEmpty else { throw .unsound(backup, findings: errors) }
    return try MaintenanceError.translating { () throws(StoreOpeningError) in
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
  }
}

/// The result of a complete backup.
package struct BackupResult: Sendable {
  /// The files of killed backups that were removed.
  package let removedFiles: [String]
  /// The reason why the time of the backup was not stored next to the database; nil if it was.
  package let recordingError: String?
}

/// The state of one of this program's migrations in a database.
package struct MigrationStatus: Sendable {
  /// The file's name without `.sql`.
  package let name: String
  /// The time at which it was applied; nil if it is pending.
  package let appliedAt: Timestamp?
}

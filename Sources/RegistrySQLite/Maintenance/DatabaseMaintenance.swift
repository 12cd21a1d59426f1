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
  /// complete and on the disk.
  package static func backUp(_ path: String, to target: String) throws(MaintenanceError) {
    guard !File.exists(target) else { throw .targetExists(target) }
    try MaintenanceError.translating { () throws(StoreOpeningError) in
      let unfinished = target + ".unfinished"
      try ExistingDatabase(path).copy(to: unfinished)
      try StoreOpeningError.translatingFiles(target) { () throws(SystemError) in
        try File.rename(unfinished, to: target)
        try File.syncFolder(of: target)
      }
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
      try ExistingDatabase(backup).copy(to: files.unfinished)
      let replaced = try StoreOpeningError.translatingFiles(path) { () throws(SystemError) in
        let replaced = try setAside(files, now)
        try File.rename(files.unfinished, to: files.database)
        try File.syncFolder(of: files.database)
        return replaced
      }
      try Marker.write(files, at: now)
      return replaced
    }
  }

  /// Renames the database together with its WAL, so that the commits that are only in the WAL are
  /// kept.
  private static func setAside(_ files: DatabaseFiles, _ now: Timestamp) throws(SystemError) -> String? {
    let replaced = files.database + ".replaced-\(now.milliseconds)"
    let isThere = File.exists(files.database)
    if isThere { try File.rename(files.database, to: replaced) }
    if File.exists(files.wal) { try File.rename(files.wal, to: replaced + "-wal") }
    try File.remove(files.sharedMemory)
    return isThere ? replaced : nil
  }
}

/// The state of one of this program's migrations in a database.
package struct MigrationStatus: Sendable {
  /// The file's name without `.sql`.
  package let name: String
  /// The time at which it was applied; nil if it is pending.
  package let appliedAt: Timestamp?
}

package import Registry
import SQLiteKit
import System

/// What the commands do with a whole database.
package enum DatabaseMaintenance {
  /// This program's migrations, and when each was applied to the database.
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

  /// Writes one state of the database, with all that was answered before the call, into a new file of mode 0600. It can
  /// run beside a server and holds up nobody. The file has its name only once it is whole and on the disk.
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

  /// Every fault that is found in the database; none in a sound one.
  package static func findings(in path: String) throws(MaintenanceError) -> [String] {
    try MaintenanceError.translating { () throws(StoreOpeningError) in
      let database = try ExistingDatabase(path)
      return try StoreOpeningError.translating(path) { () throws(SQLiteError) in
        try DatabaseExamination(connection: database.connection).findings()
      }
    }
  }

  /// Puts the backup in the database's place. No server may have the database open; what stood there is kept beside it,
  /// under the name that is answered, if anything did.
  @discardableResult
  package static func restore(
    _ backup: String, to path: String, now: Timestamp
  ) throws(MaintenanceError) -> String? {
    let files = try MaintenanceError.translating { () throws(StoreOpeningError) in try DatabaseFiles(path) }
    let lock = try MaintenanceError.translating { () throws(StoreOpeningError) in try ServerLock.take(files) }
    defer { withExtendedLifetime(lock) {} }
    let faults = try findings(in: backup)
    guard faults.isEmpty else { throw .unsound(backup, findings: faults) }
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

  /// Renames the database and its log together, so that what was not yet moved out of the log is kept with it.
  private static func setAside(_ files: DatabaseFiles, _ now: Timestamp) throws(SystemError) -> String? {
    let replaced = files.database + ".replaced-\(now.milliseconds)"
    let isThere = File.exists(files.database)
    if isThere { try File.rename(files.database, to: replaced) }
    if File.exists(files.log) { try File.rename(files.log, to: replaced + "-wal") }
    try File.remove(files.sharedMemory)
    return isThere ? replaced : nil
  }
}

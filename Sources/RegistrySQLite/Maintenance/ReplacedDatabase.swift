import Registry
import SQLiteKit
import System

/// The old database of a restore, kept under another name with the commits in its WAL. A process
/// that is killed at any step leaves the old database complete, and the next restore goes on.
struct ReplacedDatabase {
  let files: DatabaseFiles
  let now: Timestamp

  private var replaced: String { "\(files.replacedPrefix)\(now.milliseconds)" }

  /// Gives the database of `files` another name, and the complete new one its name. Returns the
  /// path of the old one; nil if there was none.
  func replace() throws(SystemError) -> String? {
    emptyWAL()
    let isThere = File.exists(files.database)
    let isLinked = try linkWAL(isThere)
    if isThere { try File.rename(files.database, to: replaced) }
    // Never before: the database would then be at its path without its last commits.
    if isLinked {
      try File.remove(files.wal)
    } else if File.exists(files.wal) {
      try File.rename(files.wal, to: replaced + "-wal")
    }
    try File.remove(files.sharedMemory)
    try File.rename(files.unfinished, to: files.database)
    try File.syncFolder(of: files.database)
    return isThere ? replaced : nil
  }

  /// Moves the commits in the WAL to the database, so that one file is all of it. A damaged
  /// database, or one in use by another process, keeps its WAL.
  private func emptyWAL() {
    guard File.exists(files.wal), (try? DatabaseHeader.check(files)) != nil,
      let connection = try? Connections.readWrite(files.database)
    else { return }
    let identity = DatabaseIdentity(connection: connection, path: files.database, migrations: Migration.all)
    do {
      // The WAL may belong to another database.
      try identity.checkApplication()
      try connection.checkpoint(.truncate)
    } catch {
      connection.keepWALOnClose()
    }
  }

  /// Gives the WAL a second name next to the old database: two files cannot be renamed at once.
  /// Returns false without a WAL, or if the file system does not support hard links.
  private func linkWAL(_ databaseIsThere: Bool) throws(SystemError) -> Bool {
    guard File.exists(files.wal) else { return false }
    let link = replaced + "-wal"
    guard let earlier = try linkOfKilledRestore() else { return (try? File.link(files.wal, to: link)) != nil }
    // Without a database, the earlier restore has renamed it already.
    if databaseIsThere { try File.rename(earlier, to: link) }
    return true
  }

  private func linkOfKilledRestore() throws(SystemError) -> String? {
    let folder = File.folder(of: files.database)
    let wal = try File.identity(files.wal)
    let prefix = File.name(of: files.replacedPrefix)
    for name in try File.names(in: folder) where name.hasPrefix(prefix) && name.hasSuffix("-wal") {
      if try File.identity(folder + "/" + name) == wal { return folder + "/" + name }
    }
    return nil
  }
}

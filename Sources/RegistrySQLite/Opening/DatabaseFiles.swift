import System

/// The paths of a database's files, all in one folder.
struct DatabaseFiles: Sendable {
  static let markerSuffix = ".initialised"

  /// The database's real path, without symbolic links: two names of one file share one lock.
  let database: String

  init(_ path: String) throws(StoreOpeningError) {
    if let resolved = try? File.resolved(path) {
      database = resolved
      return
    }
    let folder = File.folder(of: path)
    do {
      let resolved = try File.resolved(folder)
      database = resolved == "/" ? "/" + File.name(of: path) : resolved + "/" + File.name(of: path)
    } catch {
      throw .folder(folder, reason: error.message)
    }
  }

  /// The marker that shows that the database was initialised, so that its loss is noticed.
  var marker: String { database + Self.markerSuffix }
  /// The file that the server locks.
  var lock: String { database + ".lock" }
  /// SQLite's write-ahead log.
  var wal: String { database + "-wal" }
  /// SQLite's index of the write-ahead log, rebuilt if it is missing.
  var sharedMemory: String { database + "-shm" }
  /// The new database while it is being written, renamed once it is complete. Only the holder of
  /// the lock writes it.
  var unfinished: String { database + ".new" }
  /// The time of the last backup.
  var lastBackup: String { database + ".last-backup" }
  /// The path of an old database after a restore, up to the time of the restore.
  var replacedPrefix: String { database + ".replaced-" }
}

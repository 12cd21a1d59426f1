import System

/// The names of a database's files, all in one folder.
struct DatabaseFiles: Sendable {
  static let markerSuffix = ".initialised"

  /// The database itself, without symbolic links: two names of one file have one lock.
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

  /// Says that the database was initialised once, so that its loss is noticed.
  var marker: String { database + Self.markerSuffix }
  /// Locked by the one server.
  var lock: String { database + ".lock" }
  /// SQLite's write-ahead log.
  var log: String { database + "-wal" }
  /// SQLite's index of the log, rebuilt when it is missing.
  var sharedMemory: String { database + "-shm" }
  /// A database in the making, which is renamed when it is whole.
  var unfinished: String { database + ".new" }
}

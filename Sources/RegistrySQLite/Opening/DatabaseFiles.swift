import Glibc

/// The names of a database's files, all in one folder.
struct DatabaseFiles: Sendable {
  static let markerSuffix = ".initialised"

  /// The database itself, without symbolic links: two names of one file have one lock.
  let database: String

  init(_ path: String) throws(StoreOpeningError) {
    if let resolved = Files.resolved(path) {
      database = resolved
      return
    }
    let folder = Files.folder(of: path)
    guard let resolved = Files.resolved(folder) else {
      throw unsafe .folder(folder, reason: String(cString: strerror(errno)))
    }
    database = resolved == "/" ? "/" + Files.name(of: path) : resolved + "/" + Files.name(of: path)
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

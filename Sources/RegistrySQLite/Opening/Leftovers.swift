import System

/// The files next to a database that a server does not use, for the log.
package struct Leftovers: Sendable {
  /// The parts of copies that killed commands have left, which the start has removed.
  package var removed: [String] = []
  /// The old databases that restores have kept.
  package var oldDatabases: [String] = []

  /// None.
  init() {}

  /// Removes what only the holder of the lock writes, and what killed backups have left, and lists
  /// the rest.
  init(of files: DatabaseFiles) {
    let folder = File.folder(of: files.database)
    removed = UnfinishedCopy.parts(of: files.unfinished).filter { File.exists($0) && (try? File.remove($0)) != nil }
    removed += UnfinishedCopy.removeLeftovers(in: folder)
    let prefix = File.name(of: files.replacedPrefix)
    oldDatabases = ((try? File.names(in: folder)) ?? []).filter { $0.hasPrefix(prefix) }.sorted().map {
      folder + "/" + $0
    }
  }
}

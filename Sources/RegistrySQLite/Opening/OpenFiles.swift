import System

/// The files that a server has open. If one is removed or replaced, SQLite keeps writing to a file
/// that no path leads to, and another process can take the lock or rebuild the index.
struct OpenFiles: Sendable {
  private struct OpenFile {
    let path: String
    let identity: File.Identity

    /// True if the path does not lead to the file any more. A path that cannot be examined proves
    /// nothing.
    var isLost: Bool {
      do { return try File.identity(path) != identity } catch { return false }
    }
  }

  private let files: [OpenFile]
  private let sharedMemory: String

  /// Notes the files that are at the paths now.
  init(_ files: DatabaseFiles) throws(SystemError) {
    sharedMemory = files.sharedMemory
    var found: [OpenFile] = []
    for path in [files.database, files.wal, files.sharedMemory, files.lock] {
      if let identity = try File.identity(path) { found.append(OpenFile(path: path, identity: identity)) }
    }
    self.files = found
  }

  /// The path of the first lost file, or nil.
  var lost: String? { files.first(where: \.isLost)?.path }

  /// False if another process may use the WAL with an index of its own: a checkpoint by this
  /// process's index could then copy the wrong pages.
  var canCheckpoint: Bool { !files.contains { $0.path == sharedMemory && $0.isLost } }
}

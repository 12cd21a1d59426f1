import Glibc
import System

/// The file of a backup in progress. Its name ends like no other program's, and the process that
/// writes it holds its lock: so one that is not locked was left by a process that was killed.
final class UnfinishedCopy {
  private static let suffix = ".icc-registry-unfinished"

  let path: String
  private let lock: Descriptor

  /// Creates the file for a backup that will be called `target`, and takes its lock.
  init(for target: String) throws(SystemError) {
    path = target + Self.suffix
    var lock = try Descriptor(opening: path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
    // Another process may have removed the file before it was locked.
    while try !Self.holds(lock, path) { lock = try Descriptor(opening: path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW) }
    self.lock = lock
  }

  /// Gives the complete copy its name.
  func complete(as target: String) throws(SystemError) {
    try File.rename(path, to: target)
    try File.syncFolder(of: target)
  }

  /// The files that SQLite may have created for a database at this path, the database last.
  static func parts(of path: String) -> [String] {
    ["-journal", "-wal", "-shm", ""].map { path + $0 }
  }

  /// Removes the files in the folder that killed processes have left, and returns their paths. What
  /// cannot be removed stays.
  static func removeLeftovers(in folder: String) -> [String] {
    let names = (try? File.names(in: folder)) ?? []
    return names.filter { $0.hasSuffix(suffix) }.sorted().flatMap { remove(folder + "/" + $0) }
  }

  private static func remove(_ path: String) -> [String] {
    guard let lock = try? Descriptor(opening: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK),
      (try? holds(lock, path)) == true
    else { return [] }
    return parts(of: path).filter { File.exists($0) && (try? File.remove($0)) != nil }
  }

  /// Takes the lock; false if another process has it, or if the path leads to another file.
  private static func holds(_ lock: borrowing Descriptor, _ path: String) throws(SystemError) -> Bool {
    guard try lock.tryLock(), let identity = try lock.identity() else { return false }
    return try File.identity(path) == identity
  }
}

import Glibc
import System

/// The lock that a server holds on its database until it exits. It is a lock on a separate file,
/// because the system drops SQLite's own locks when any descriptor of the database file is closed
/// (https://sqlite.org/howtocorrupt.html section 2.2).
final class ServerLock: Sendable {
  private let descriptor: Descriptor

  private init(_ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  /// Takes the lock; throws `inUse` if another process has it.
  static func take(_ files: DatabaseFiles) throws(StoreOpeningError) -> ServerLock {
    let lock = try StoreOpeningError.translatingFiles(files.database) { () throws(SystemError) -> ServerLock? in
      let descriptor = try Descriptor(opening: files.lock, O_RDWR | O_CREAT)
      return try descriptor.tryLock() ? ServerLock(descriptor) : nil
    }
    guard let lock else { throw .inUse(files.database, lock: files.lock) }
    return lock
  }
}

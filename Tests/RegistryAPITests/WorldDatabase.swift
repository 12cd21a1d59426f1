import Glibc
import PostgreSQLKit
import Registry
import RegistryPostgreSQL
import RegistrySQLite
import RegistryStorage

/// The database of a world: a file, or a database of PostgreSQL if the environment has
/// `REGISTRY_TEST_STORE=postgresql`.
struct WorldDatabase: Sendable {
  let store: any DatabaseStore
  /// Removes the database after its store was closed.
  let remove: @Sendable () -> Void

  /// On a slow machine, hundreds of tests run at once: a write may wait as long as a test may take.
  private static let maxWaitMilliseconds = 600_000

  static let isOnPostgreSQL = unsafe getenv("REGISTRY_TEST_STORE").map { unsafe String(cString: $0) } == "postgresql"

  /// Makes an empty database.
  static func make(at now: Timestamp) throws -> WorldDatabase {
    isOnPostgreSQL ? try makeOnServer(at: now) : try makeInFolder(at: now)
  }

  private static func makeInFolder(at now: Timestamp) throws -> WorldDatabase {
    let folder = "/tmp/registry-api-\(getpid())-\(UInt64.random(in: .min ... .max))"
    unsafe mkdir(folder, 0o700)
    let store = try SQLiteRegistryStore(
      path: folder + "/r.db", purpose: .server, now: now, maxWaitMilliseconds: maxWaitMilliseconds
    ) { _ in }
    return WorldDatabase(store: store) {
      for name in ["r.db", "r.db-wal", "r.db-shm", "r.db.lock", "r.db.initialised", "r.db-lock", "r.db-initialised"] {
        unsafe unlink(folder + "/" + name)
      }
      unsafe rmdir(folder)
    }
  }

  private static func makeOnServer(at now: Timestamp) throws -> WorldDatabase {
    let database = try ServerDatabases.shared.take(at: now)
    let store = try PostgreSQLRegistryStore(
      database, migrates: false, now: now, maxWaitMilliseconds: maxWaitMilliseconds
    ) { _ in }
    return WorldDatabase(store: store) { ServerDatabases.shared.giveBack(database) }
  }
}

import PostgreSQLKit
import RegistryPostgreSQL
import RegistrySQLite
import RegistryStorage
import SQLiteKit

/// Opens the database of the settings for a command.
enum OpenedStore {
  /// Returns the store. A database that cannot be opened is a failure that says what to do.
  /// `observer` is called with a line for each error of the database, on the thread where it
  /// occurred.
  static func open(
    _ settings: Settings, for purpose: StorePurpose, observer: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(CommandFailure) -> any DatabaseStore {
    switch settings.database {
    case .file(let path):
      if purpose == .server, settings.databaseReplica != .none {
        throw .usage("databaseReplica needs the URI of a PostgreSQL database in `database`, not a file")
      }
      do {
        return try SQLiteRegistryStore(
          path: path, purpose: purpose, now: .now, maxWALBytes: settings.maxWalBytes
        ) { observer($0.description) }
      } catch {
        throw .failed(error.description)
      }
    case .server(let address):
      do {
        let replica = purpose == .server ? settings.databaseReplica.address : nil
        return try PostgreSQLRegistryStore(address, replica: replica, migrates: purpose != .command, now: .now) {
          observer($0.description)
        }
      } catch {
        throw .failed(error.description)
      }
    }
  }

  /// Runs `body` on the opened store, and closes the store in any case.
  static func with<Value>(
    _ settings: Settings, for purpose: StorePurpose = .command, _ body: (any DatabaseStore) throws -> Value
  ) throws(CommandFailure) -> Value {
    let store = try open(settings, for: purpose)
    defer { store.close() }
    do {
      return try body(store)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .failed(StoreErrorText.text(of: error, database: settings.database.description))
    }
  }
}

import Registry
import RegistrySQLite

/// Opens the database of the settings for a command.
enum OpenedStore {
  /// Returns the store. A database that cannot be opened is a failure that says what to do.
  static func open(
    _ settings: Settings, for purpose: StorePurpose, observer: @escaping ErrorObserver = { _ in }
  ) throws(CommandFailure) -> SQLiteRegistryStore {
    do {
      return try SQLiteRegistryStore(
        path: settings.database.text, purpose: purpose, now: .now, maxWALBytes: settings.maxWalBytes,
        observer: observer)
    } catch {
      throw .failed(error.description)
    }
  }

  /// Runs `body` on the opened store, and closes the store in any case.
  static func with<Value>(
    _ settings: Settings, for purpose: StorePurpose = .command, _ body: (SQLiteRegistryStore) throws -> Value
  ) throws(CommandFailure) -> Value {
    let store = try open(settings, for: purpose)
    defer { store.close() }
    do {
      return try body(store)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .failed(StoreErrorText.text(of: error, database: settings.database.text))
    }
  }
}

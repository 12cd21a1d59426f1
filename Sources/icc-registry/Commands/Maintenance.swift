import RegistrySQLite

/// Runs work on the whole database file.
enum Maintenance {
  /// Returns the result of `body`. An error becomes a failure that says what to do.
  static func run<Value>(_ body: () throws(MaintenanceError) -> Value) throws(CommandFailure) -> Value {
    do { return try body() } catch { throw .failed(error.description) }
  }
}

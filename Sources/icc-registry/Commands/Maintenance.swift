import RegistrySQLite

/// Runs work on the database's file as a whole.
enum Maintenance {
  /// What `body` gives; what stood in its way becomes a failure that says what to do.
  static func run<Value>(_ body: () throws(MaintenanceError) -> Value) throws(CommandFailure) -> Value {
    do { return try body() } catch { throw .failed(error.description) }
  }
}

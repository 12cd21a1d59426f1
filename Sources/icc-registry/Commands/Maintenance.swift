import RegistrySQLite

/// Runs work on the whole database file.
enum Maintenance {
  /// Returns the result of `body`. An error becomes a failure that says what to do.
  static func run<Value>(_ body: () throws(MaintenanceError) -> Value) throws(CommandFailure) -> Value {
    do { return try body() } catch { throw .failed(error.description) }
  }

  /// Returns the path of the database file. For a database of PostgreSQL it fails with `advice`,
  /// the command to use instead.
  static func file(_ settings: Settings, orAdvise advice: String) throws(CommandFailure) -> String {
    switch settings.database {
    case .file(let path): return path
    case .server(let address): throw .failed("\(address) is not a file: \(advice)")
    }
  }
}

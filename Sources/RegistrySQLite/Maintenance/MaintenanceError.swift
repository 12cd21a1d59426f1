import SQLiteKit

/// The reason why a database could not be backed up, restored or examined.
package enum MaintenanceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The database or the backup cannot be opened.
  case database(StoreOpeningError)
  /// A backup never replaces an existing file: it could be the database itself.
  case targetExists(String)
  /// The backup is damaged or was tampered with. The database was not changed.
  case unsound(String, findings: [String])

  /// The checkpoints in this file cannot be read.
  case evidence(String, reason: String)

  /// One line for the operator.
  package var description: String {
    switch self {
    case .database(let error): error.description
    case .targetExists(let file): "\(file) already exists. Choose a new file for the backup."
    case .evidence(let file, let reason): "cannot read the checkpoints in \(file): \(reason)"
    case .unsound(let file, let findings):
      "\(file) is not intact and was not restored: \(findings.joined(separator: "; "))"
    }
  }

  /// Returns the result of `body`, and converts an opening error to a maintenance error.
  static func translating<Value>(_ body: () throws(StoreOpeningError) -> Value) throws(MaintenanceError) -> Value {
    do { return try body() } catch { throw .database(error) }
  }

  /// Returns the result of `body`, and converts an error of SQLite to a maintenance error.
  static func translating<Value>(
    _ path: String, _ body: () throws(SQLiteError) -> Value
  ) throws(MaintenanceError) -> Value {
    try translating { () throws(StoreOpeningError) in try StoreOpeningError.translating(path, body) }
  }
}

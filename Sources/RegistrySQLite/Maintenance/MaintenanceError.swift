/// Why a database could not be backed up, restored or examined.
package enum MaintenanceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The database, or the backup, is not one to work on.
  case database(StoreOpeningError)
  /// A backup never takes the place of a file that exists: that could be the database itself.
  case targetExists(String)
  /// The backup has faults, and the database was left as it is.
  case unsound(String, findings: [String])

  /// One line for whoever ran the command.
  package var description: String {
    switch self {
    case .database(let error): error.description
    case .targetExists(let file): "\(file) exists already. Name a new file for the backup."
    case .unsound(let file, let findings):
      "\(file) has faults and was not restored: \(findings.joined(separator: "; "))"
    }
  }

  /// What `body` gives; a refused database becomes a reason of this kind.
  static func translating<Value>(_ body: () throws(StoreOpeningError) -> Value) throws(MaintenanceError) -> Value {
    do { return try body() } catch { throw .database(error) }
  }
}

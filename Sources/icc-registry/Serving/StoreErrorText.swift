import Registry

/// The message of a command whose work the store or the domain rejected.
enum StoreErrorText {
  /// Returns one line.
  static func text(of error: any Error, database: String) -> String {
    switch error {
    case let error as StoreError: text(of: error, database: database)
    case let error as LifecycleError: text(of: error)
    default: "unexpected error: \(error)"
    }
  }

  private static func text(of error: StoreError, database: String) -> String {
    switch error {
    case .busy: "another process is using the database \(database); try again"
    case .full: "the disk of the database \(database) is full; free some space and try again"
    case .readOnly: "the database \(database) is read-only; give this user write permission for it and its folder"
    case .ioFailure: "the disk of the database \(database) failed to read or write; see the system's log"
    case .corrupt, .damageFound:
      "the database \(database) is damaged; restore a backup with `icc-registry restore FILE`"
    case .notADatabase: "\(database) is not a database of icc-registry; name another file with --database"
    case .filesLost: "a file of the database \(database) was removed or replaced; stop every icc-registry that uses it"
    case .syncFailed: "the disk of the database \(database) failed to sync; see the system's log"
    case .unreachable: "the database \(database) cannot be reached; check that its server runs"
    case .outcomeUnknown:
      "the connection to the database \(database) ended during a commit; check whether the change was made"
    case .stalled, .readerStalled, .overloaded, .walTooLarge, .closed, .tooBroad, .constraint, .internalFailure:
      "the database \(database) reported an error (\(error))"
    }
  }

  private static func text(of error: LifecycleError) -> String {
    switch error {
    case .notFound: "not found in this database"
    case .organisationUnknown(let id):
      "there is no organisation \(quoted(id.text)); create it with POST /v1/organisations"
    case .invalid(let errors): errors.map(\.detail).joined(separator: " ")
    default: "not allowed: \(error)"
    }
  }
}

import Registry

/// What a person at the command line is told when the store or the rules of the lifecycle refuse.
enum StoreFaultText {
  /// One line.
  static func text(of error: any Error, database: String) -> String {
    switch error {
    case let error as StoreError: text(of: error, database: database)
    case let refusal as Refusal: text(of: refusal)
    default: "unexpected fault: \(error)"
    }
  }

  private static func text(of error: StoreError, database: String) -> String {
    switch error {
    case .busy: "the database \(database) is busy with another process; try again"
    case .full: "there is no room on the disk of the database \(database); make some and try again"
    case .readOnly: "the database \(database) can only be read; give this user the right to write it and its folder"
    case .ioFailure: "the disk of the database \(database) failed to read, write or sync; the system's log says more"
    case .corrupt: "the database \(database) is damaged; restore a backup with `icc-registry restore FILE`"
    case .notADatabase: "\(database) is not a database of icc-registry; name another file with --database"
    case .closed, .constraint, .internalFailure: "the database \(database) refused the work (\(error))"
    }
  }

  private static func text(of refusal: Refusal) -> String {
    switch refusal {
    case .notFound: "there is no such thing in this database"
    case .organisationUnknown(let id): "there is no organisation \(quoted(id.text)); POST /v1/organisations makes one"
    case .invalid(let faults): faults.map(\.detail).joined(separator: " ")
    default: "the registry's rules refuse this: \(refusal)"
    }
  }
}

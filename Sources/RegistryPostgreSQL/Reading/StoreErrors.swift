package import PostgreSQLKit
import Registry

/// Receives every PostgreSQL error, for the log. Callers only get the `StoreError`.
package typealias ErrorObserver = @Sendable (PostgreSQLError) -> Void

extension StoreError {
  /// Creates the error for a PostgreSQL error, by its state.
  init(_ error: PostgreSQLError) {
    switch error.state {
    case .libraryMissing, .connectionLost, .protocolViolated, .deadlineExceeded, .notAuthorised,
      .databaseUnknown, .serverStopping, .tooManyConnections:
      self = .unreachable
    case .notLocked, .cancelled, .outOfResources: self = .busy
    case .diskFull: self = .full
    case .readOnly: self = .readOnly
    case .constraint: self = .constraint
    case .ioFailure: self = .ioFailure
    case .corrupt: self = .corrupt
    case .transactionFailed, .statementUnknown, .tableUnknown, .notPermitted, .other: self = .internalFailure
    }
  }
}

extension PostgreSQLError {
  /// Returns the error for a stored value that no version of this program writes.
  static func unreadable(_ column: String) -> PostgreSQLError {
    PostgreSQLError(.corrupt, "the column \(column) has an invalid value")
  }

  /// Returns the error for a change that violates the store's rules.
  static func rejected(_ message: String) -> PostgreSQLError { PostgreSQLError(.constraint, message) }
}

extension PostgreSQLRow {
  /// Returns the column as a timestamp.
  func timestamp(_ column: Int32) -> Timestamp { Timestamp(milliseconds: integer(column)) }

  /// Returns the column as a timestamp, or nil for null.
  func timestampOrNil(_ column: Int32) -> Timestamp? { integerOrNil(column).map(Timestamp.init(milliseconds:)) }
}

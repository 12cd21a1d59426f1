import Registry
package import SQLiteKit

/// Receives every SQLite error, for the log. Callers only get the `StoreError`.
package typealias ErrorObserver = @Sendable (SQLiteError) -> Void

extension StoreError {
  /// Creates the error for a result code.
  init(_ code: SQLiteResultCode) {
    switch code {
    case .busy, .locked: self = .busy
    case .full: self = .full
    case .readOnly, .permission: self = .readOnly
    case .inputOutput, .cannotOpen: self = .ioFailure
    case .corrupt: self = .corrupt
    case .notADatabase: self = .notADatabase
    case .constraint, .mismatch: self = .constraint
    default: self = .internalFailure
    }
  }
}

extension SQLiteError {
  /// Returns the error for a stored value that no version of this program writes.
  static func unreadable(_ column: String) -> SQLiteError {
    SQLiteError(code: .corrupt, operation: .step, message: "the column \(column) has an invalid value")
  }

  /// Returns the error for a change that violates the store's rules.
  static func refused(_ message: String) -> SQLiteError {
    SQLiteError(code: .constraint, operation: .step, message: message)
  }
}

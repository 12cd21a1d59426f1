import Registry
package import SQLiteKit

/// Told of every failed call of SQLite, for the log: what a caller learns is the `StoreError` alone.
package typealias FaultObserver = @Sendable (SQLiteError) -> Void

extension StoreError {
  /// The fault behind a result code.
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
  /// A stored value that none of this program's versions has written.
  static func unreadable(_ column: String) -> SQLiteError {
    SQLiteError(code: .corrupt, operation: .step, message: "the column \(column) holds what was never written there")
  }

  /// A change that the database's rules refuse before SQLite does.
  static func refused(_ message: String) -> SQLiteError {
    SQLiteError(code: .constraint, operation: .step, message: message)
  }
}

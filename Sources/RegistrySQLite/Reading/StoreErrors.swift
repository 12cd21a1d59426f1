import Registry
package import SQLiteKit
import System

/// Receives every SQLite error, for the log. Callers only get the `StoreError`.
package typealias ErrorObserver = @Sendable (SQLiteError) -> Void

extension StoreError {
  /// Creates the error for an SQLite error, by its code and the system call that failed.
  init(_ error: SQLiteError) {
    switch error.code {
    case .busy, .locked: self = .busy
    case .full: self = .full
    case .readOnly, .permission: self = .readOnly
    case .inputOutputRead, .inputOutputShortRead: self = .ioFailure
    case .inputOutput, .cannotOpen: self = Self.known(error) ?? Self.failed(error)
    case .corrupt: self = .corrupt
    case .notADatabase: self = .notADatabase
    case .constraint, .mismatch: self = .constraint
    default: self = .internalFailure
    }
  }

  /// Returns the error if the system rejected a change of a file: SQLite has codes of its own only
  /// for `ENOSPC` and for files that were read-only when it opened them.
  private static func known(_ error: SQLiteError) -> StoreError? {
    switch SystemError.kind(of: error.systemError) {
    case .noSpace: .full
    case .readOnly: .readOnly
    case nil: nil
    }
  }

  private static func failed(_ error: SQLiteError) -> StoreError {
    switch error.code {
    case .inputOutputSync, .inputOutputFolderSync: .syncFailed
    default: .ioFailure
    }
  }
}

extension SQLiteError {
  /// Returns the error for a stored value that no version of this program writes.
  static func unreadable(_ column: String) -> SQLiteError {
    SQLiteError(code: .corrupt, operation: .step, message: "the column \(column) has an invalid value")
  }

  /// Returns the error for a change that violates the store's rules.
  static func rejected(_ message: String) -> SQLiteError {
    SQLiteError(code: .constraint, operation: .step, message: message)
  }
}

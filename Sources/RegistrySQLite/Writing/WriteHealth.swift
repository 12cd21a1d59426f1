import Registry
import System

/// The result of the last commit.
final class WriteHealth: Sendable {
  private let error = Locked<StoreError?>(nil)

  /// The error of the last commit; nil if it succeeded.
  var lastError: StoreError? { error.withLock { $0 } }

  /// Notes the result of a commit.
  func note(_ error: StoreError?) {
    self.error.withLock { $0 = error }
  }
}

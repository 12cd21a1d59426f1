import Registry
import System

/// How the last attempt to write ended.
final class WriteHealth: Sendable {
  private let lastFault = Locked<StoreError?>(nil)

  /// The fault that the last commit ended with; nil after one that went through.
  var fault: StoreError? { lastFault.withLock { $0 } }

  /// Notes how a commit ended.
  func note(_ fault: StoreError?) {
    lastFault.withLock { $0 = fault }
  }
}

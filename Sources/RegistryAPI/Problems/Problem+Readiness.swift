import Registry

extension Problem {
  /// The `503` of `/readyz`, with the reason in a form that programs can compare.
  init(notReady reason: String, cause: String? = nil) {
    self.init(.unavailable, "The server is not ready; see `reason`.", headers: [Self.retryAfter(1)], cause: cause)
    self.reason = reason
  }

  /// The `503` of `/readyz` for a failure of the store.
  init(notReady error: StoreError) {
    self.init(notReady: Self.reason(of: error), cause: "store: \(error)")
  }

  /// Every reason.
  static let reasons = ["draining"] + Set(StoreError.allCases.map(reason(of:))).sorted()

  private static func reason(of error: StoreError) -> String {
    switch error {
    case .busy: "database-locked"
    case .stalled, .overloaded: "writer-stalled"
    case .readerStalled: "reader-stalled"
    case .syncFailed: "sync-failed"
    case .walTooLarge: "wal-too-large"
    case .full: "storage-full"
    case .readOnly: "database-read-only"
    case .ioFailure: "disk-error"
    case .corrupt, .damageFound, .notADatabase: "database-damaged"
    case .filesLost: "database-file-lost"
    case .closed: "database-closed"
    case .unreachable, .outcomeUnknown: "database-unreachable"
    case .constraint, .internalFailure, .tooBroad: "internal-error"
    }
  }
}

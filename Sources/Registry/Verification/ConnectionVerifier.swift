package import Text

/// Tries ICCs against AWS. It blocks no caller's thread, tries one ICC once at a time, and bounds
/// how many at once.
package protocol ConnectionVerifier: Sendable {
  /// Verifies the ICC's connection and returns the result. Writes nothing. `trace` is the caller's,
  /// and is passed on to AWS. If the task is cancelled before it begins, it never does.
  func verify(_ icc: ICC, trace: TraceContext?) async throws(VerificationRejection) -> Verification
  /// Returns the progress of the verification of this ICC; nil if none is in progress.
  func progress(of icc: ICCID) -> VerificationProgress?
}

/// The reason why a verification does not begin.
package enum VerificationRejection: Error, Hashable, Sendable {
  /// The registry has no credentials for AWS.
  case notConfigured
  /// This ICC is being verified already.
  case inProgress
  /// This ICC was verified a moment ago; it can be verified again after these seconds.
  case tooSoon(retryAfterSeconds: Int)
  /// As many wait as may.
  case queueFull
  /// The server is about to stop.
  case stopping
  /// Its caller was cancelled while it waited.
  case abandoned
}

/// The progress of a verification.
package struct VerificationProgress: Sendable {
  /// The ICC's version whose values are being verified.
  package let iccVersion: Int64
  /// The time at which it was asked for.
  package let startedAt: Timestamp
  /// The checks that are done, in order.
  package internal(set) var checks: [VerificationCheck] = []

  /// Nothing is done yet.
  package init(iccVersion: Int64, startedAt: Timestamp) {
    self.iccVersion = iccVersion
    self.startedAt = startedAt
  }

  /// Notes a check that is done.
  package mutating func note(_ check: VerificationCheck) {
    checks.append(check)
  }
}

/// A live check of an ICC against AWS: each thing that must hold, and what follows for the ICC.
package struct Verification: Equatable, Sendable {
  /// The result of a verification as a whole.
  package enum Verdict: String, Sendable, CaseIterable {
    /// InfoSum's session can assume the role and read, and the attacks are rejected.
    case verified
    /// An attack succeeded that the role must reject.
    case insecure
    /// AWS rejects a request that InfoSum needs.
    case failing
    /// Nothing is known for certain.
    case inconclusive
  }

  /// The result as a whole.
  package let verdict: Verdict
  /// The ICC's version whose values were verified.
  package let iccVersion: Int64
  /// The time at which it began.
  package let startedAt: Timestamp
  /// The time it took.
  package let durationMilliseconds: Int
  /// After how many seconds it is worth trying again; nil where waiting changes nothing.
  package let retryAfterSeconds: Int?
  /// All checks, in the order of `VerificationCheck.Name.allCases`.
  package let checks: [VerificationCheck]

  /// Creates a verification from its checks. Those that are missing count as skipped.
  package init(
    iccVersion: Int64, startedAt: Timestamp, durationMilliseconds: Int, retryAfterSeconds: Int?,
    checks: [VerificationCheck]
  ) {
    let complete = VerificationCheck.Name.allCases.map { name in
      checks.first { $0.name == name } ?? VerificationCheck(name, .skipped, detail: "It was not tried.")
    }
    verdict = Self.verdict(of: complete)
    self.iccVersion = iccVersion
    self.startedAt = startedAt
    self.durationMilliseconds = durationMilliseconds
    self.retryAfterSeconds = retryAfterSeconds
    self.checks = complete
  }

  /// Without a session of InfoSum's own role nothing was learned of the customer's side. Else one
  /// attack that succeeded outweighs all, one rejection outweighs what is unknown, and `verified`
  /// needs a pass in each; only the object may be missing, in a prefix that is still empty.
  private static func verdict(of checks: [VerificationCheck]) -> Verdict {
    let status = { (name: VerificationCheck.Name) in checks.first { $0.name == name }?.status }
    if checks.contains(where: { $0.name.isProbe && $0.status == .failed }) { return .insecure }
    guard status(.connectorRoleAssumable) == .passed else { return .inconclusive }
    if checks.contains(where: { $0.status == .failed }) { return .failing }
    let isComplete = checks.allSatisfy { check in
      check.status == .passed || (check.name == .objectReadable && check.status == .skipped)
    }
    return isComplete ? .verified : .inconclusive
  }
}

extension Verification.Verdict {
  /// The ICC's new status; nil if it stays the same.
  package var status: ICCStatus? {
    switch self {
    case .verified: .verified
    case .insecure: .insecure
    case .failing: .failing
    case .inconclusive: nil
    }
  }
}

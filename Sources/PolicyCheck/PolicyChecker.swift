import AWSPolicy
import JSON

/// The offline check of pasted policies: probes, a verdict that follows from them, findings that explain it.
package enum PolicyChecker {
  /// The findings of one policy that are told: who has more to mend reads the first ones and asks again.
  package static let maxFindings = 200

  /// Checks those policies that are given.
  package static func check(
    trust: PolicyInput? = nil, permission: PolicyInput? = nil, bucket: PolicyInput? = nil,
    against subject: PolicyCheckSubject
  ) -> PolicyCheckResult {
    PolicyCheckResult(
      trustPolicy: trust.map { part($0, .trust) { TrustCheck(subject).check($0) } },
      permissionPolicy: permission.map { part($0, .identity) { PermissionCheck(subject).check($0) } },
      bucketPolicy: bucket.map { part($0, .bucket) { BucketCheck(subject).check($0) } })
  }

  private static func part(
    _ input: PolicyInput, _ kind: PolicyKind, _ check: (PastedPolicy) -> PolicyCheckResult.Part
  ) -> PolicyCheckResult.Part {
    let pasted = PastedPolicy(input, as: kind)
    var part = check(pasted)
    part.findings = (pasted.findings + part.findings).sorted { left, right in
      (left.position?.location?.offset ?? 0) < (right.position?.location?.offset ?? 0)
    }
    let errorsFirst = part.findings.filter { $0.severity == .error } + part.findings.filter { $0.severity != .error }
    if part.findings.count > maxFindings {
      part.findings = Array(errorsFirst.prefix(maxFindings))
    }
    if part.corrected == nil, pasted.isRepaired, part.verdict == .works { part.corrected = pasted.document }
    return part
  }
}

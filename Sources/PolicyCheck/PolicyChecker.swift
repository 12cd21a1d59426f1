import AWSPolicy
import JSON

/// The offline check of pasted policies: probes, a verdict that follows from them, and findings
/// that explain it.
package enum PolicyChecker {
  /// The maximum number of findings for one policy.
  package static let maxFindings = 200

  /// Checks the policies that are given.
  package static func check(
    trust: PolicyInput? = nil, permission: PolicyInput? = nil, bucket: PolicyInput? = nil, key: PolicyInput? = nil,
    against subject: PolicyCheckSubject
  ) -> PolicyCheckResult {
    let readBucket = bucket.map { PastedPolicy($0, as: .bucket) }
    let bucketPolicy = readBucket?.document.flatMap { document -> Policy? in
      let (policy, faults) = PolicyParser.parse(document, as: .bucket)
      return faults.contains(where: \.isRejectedByAWS) ? nil : policy
    }
    return PolicyCheckResult(
      trustPolicy: trust.map { part(PastedPolicy($0, as: .trust), TrustCheck(subject).check) },
      permissionPolicy: permission.map {
        part(PastedPolicy($0, as: .identity), PermissionCheck(subject, bucketPolicy: bucketPolicy).check)
      },
      bucketPolicy: readBucket.map { part($0, BucketCheck(subject).check) },
      keyPolicy: key.map { part(PastedPolicy($0, as: .key), KeyCheck(subject).check) })
  }

  private static func part(
    _ pasted: PastedPolicy, _ check: (PastedPolicy) -> PolicyCheckResult.Part
  ) -> PolicyCheckResult.Part {
    var part = check(pasted)
    part.findings = sorted(pasted.findings + part.findings)
    if pasted.isRepaired {
      // AWS does not store the text as pasted, whatever it means.
      if part.corrected == nil, part.verdict == .works { part.corrected = pasted.document }
      part.verdict = .blocked
    }
    if part.verdict == .works {
      for index in part.findings.indices where part.findings[index].severity == .error {
        part.findings[index].severity = .warning
      }
    }
    return part
  }

  /// The findings in the order of their positions; if there are too many, errors first.
  private static func sorted(_ findings: [CheckFinding]) -> [CheckFinding] {
    let sorted = findings.sorted { left, right in
      (left.position?.location?.offset ?? 0) < (right.position?.location?.offset ?? 0)
    }
    guard sorted.count > maxFindings else { return sorted }
    let errorsFirst = sorted.filter { $0.severity == .error } + sorted.filter { $0.severity != .error }
    return Array(errorsFirst.prefix(maxFindings))
  }
}

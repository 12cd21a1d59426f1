import AWSPolicy
import JSON

/// The offline check of pasted policies: probes, a verdict that follows from them, and findings
/// that explain it.
package enum PolicyChecker {
  /// The maximum number of findings for one policy, and of other principals. A last finding counts
  /// those that are not listed.
  package static let maxFindings = 32

  /// The maximum number of steps for one policy: several times what the largest policy that AWS
  /// stores takes, unless its patterns are made to be expensive.
  package static let maxSteps = 10_000_000

  /// Checks the policies that are given.
  package static func check(
    trust: PolicyInput? = nil, permission: PolicyInput? = nil, bucket: PolicyInput? = nil, key: PolicyInput? = nil,
    against subject: PolicyCheckSubject, maxSteps: Int = maxSteps
  ) -> PolicyCheckResult {
    let readBucket = bucket.map { PastedPolicy($0, as: .bucket) }
    let bucketPolicy = readBucket?.document.flatMap { document -> Policy? in
      let (policy, grammarFindings) = PolicyParser.parse(document, as: .bucket)
      return grammarFindings.contains(where: \.isRejectedByAWS) ? nil : policy
    }
    func part(
      _ pasted: PastedPolicy, _ check: (PolicyCheckSubject, PastedPolicy) -> PolicyCheckResult.Part
    ) -> PolicyCheckResult.Part {
      var subject = subject
      subject.budget = StepBudget(limit: maxSteps)
      return finished(check(subject, pasted), pasted, subject.budget)
    }
    return PolicyCheckResult(
      trustPolicy: trust.map { part(PastedPolicy($0, as: .trust)) { TrustCheck($0).check($1) } },
      permissionPolicy: permission.map {
        part(PastedPolicy($0, as: .identity)) { PermissionCheck($0, bucketPolicy: bucketPolicy).check($1) }
      },
      bucketPolicy: readBucket.map { part($0) { BucketCheck($0).check($1) } },
      keyPolicy: key.map { part(PastedPolicy($0, as: .key)) { KeyCheck($0).check($1) } })
  }

  private static func finished(
    _ judged: PolicyCheckResult.Part, _ pasted: PastedPolicy, _ budget: StepBudget
  ) -> PolicyCheckResult.Part {
    var part = budget.isExhausted ? stopped(judged, budget) : judged
    part.steps = budget.used
    if pasted.isRepaired {
      // AWS does not store the text as pasted, whatever it means.
      if part.corrected == nil, part.verdict == .works { part.corrected = pasted.document }
      part.verdict = .blocked
    }
    part.findings = pasted.findings(isCorrected: part.corrected != nil) + part.findings
    if part.verdict == .works {
      for index in part.findings.indices where part.findings[index].severity == .error {
        part.findings[index].severity = .warning
      }
    }
    part.limitLists()
    return part
  }

  /// The result where the steps did not suffice: only what does not depend on an evaluation.
  private static func stopped(_ judged: PolicyCheckResult.Part, _ budget: StepBudget) -> PolicyCheckResult.Part {
    var part = judged
    part.findings = part.findings.filter(\.code.isCertain)
    part.verdict = part.findings.contains(where: \.isRejectedByAWS) ? .blocked : .undetermined
    part.probes = part.probes.map { ($0.name, .unknown) }
    (part.assumptions, part.corrected, part.siblings) = ([], nil, nil)
    part.findings.append(
      CheckFinding(
        .text(.checkLimit), .warning, at: nil,
        "The check stopped after \(budget.limit) steps, so the result is undetermined.",
        hint: "Remove statements and patterns that repeat each other, and check again."))
    return part
  }
}

extension PolicyCheckResult.Part {
  /// Sorts the findings by position and limits both lists; if there are too many findings, errors
  /// come first.
  fileprivate mutating func limitLists() {
    let limit = PolicyChecker.maxFindings
    findings.sort { ($0.position?.location?.offset ?? 0) < ($1.position?.location?.offset ?? 0) }
    var omitted: [String] = []
    if findings.count > limit {
      omitted.append("\(findings.count - limit) more findings")
      let errorsFirst = findings.filter { $0.severity == .error } + findings.filter { $0.severity != .error }
      findings = Array(errorsFirst.prefix(limit))
    }
    if others.count > limit {
      omitted.append("\(others.count - limit) more principals")
      others = Array(others.prefix(limit))
    }
    guard !omitted.isEmpty else { return }
    findings.append(
      CheckFinding(
        .text(.moreNotListed), .info, at: nil, "\(omitted.joined(separator: " and ")) are not listed.",
        hint: "Work on the listed ones, and check again."))
  }
}

extension FindingCode {
  /// True if the finding is about the text or its grammar, and so does not depend on an evaluation.
  fileprivate var isCertain: Bool {
    switch self {
    case .json, .policy, .text: true
    case .trust, .permission, .bucket, .key: false
    }
  }
}

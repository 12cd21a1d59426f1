import AWSPolicy
import JSON
import Registry

/// The check of the role's own policy: whether it allows listing the bucket under the prefix and
/// reading the objects.
struct PermissionCheck {
  private let subject: PolicyCheckSubject
  private let probes: StorageProbes
  /// The bucket's policy, where it was given too: in one account it may allow what the role's own
  /// policy does not.
  private let bucketPolicy: Policy?

  init(_ subject: PolicyCheckSubject, bucketPolicy: Policy? = nil) {
    self.subject = subject
    self.bucketPolicy = bucketPolicy
    probes = StorageProbes(subject: subject)
  }

  func check(_ pasted: PastedPolicy) -> PolicyCheckResult.Part {
    guard let document = pasted.document else {
      var part = rejected([])
      if pasted.isUnreadable { part.corrected = subject.grant.permissionPolicy.json }
      return part
    }
    let (policy, errors) = PolicyParser.parse(document, as: .identity)
    let grammarFindings = errors.asCheckFindings
    if PolicySizeLimit.size(of: document) > PolicySizeLimit.inlinePolicies { return rejected(grammarFindings) }
    if let wrongKind = WrongPolicyKind.finding(policy, pastedAs: .identity) {
      return rejected([wrongKind] + grammarFindings.filter { !$0.isRejectedByAWS })
    }
    if grammarFindings.contains(where: \.isRejectedByAWS) {
      var part = rejected(grammarFindings)
      part.corrected = PermissionCorrection(subject).correct(document)
      return part
    }
    return judge(document, policy, grammarFindings)
  }

  private func judge(_ document: JSONValue, _ policy: Policy, _ grammarFindings: [CheckFinding])
    -> PolicyCheckResult.Part
  {
    let answers = probes.all.map { ($0, probes.evaluate(policy, $0)) }
    let summary = StorageProbes.summary(answers.map { ($0.0, answer($0.0, $0.1)) })
    let verdict = StorageProbes.verdict(summary)
    let explanations = PermissionFindings(subject, policy, answers)
    var findings = grammarFindings + explanations.denials
    let mistaken = calls(policy)
    for probe in summary where probe.answer != .allow {
      guard !answers.contains(where: { $0.0.name == probe.name && $0.1.isDenied }),
        let worst = answers.first(where: { $0.0.name == probe.name && $0.1.answer != .allow })
      else { continue }
      let explanation = explanations.explain(worst.0, worst.1, probe.answer)
      if explanation.code == .permission(.actionMissing), mistaken.contains(worst.0.action) {
        for index in findings.indices where findings[index].code == .policy(.actionUnknown) {
          findings[index].severity = .error
        }
      } else {
        findings.append(explanation)
      }
    }
    findings += ExcessPermissions(subject, probes).findings(policy)
    return PolicyCheckResult.Part(
      verdict: verdict, probes: summary, findings: findings,
      assumptions: answers.flatMap { $0.1.unknownKeys }.removingDuplicates(),
      corrected: verdict == .blocked ? PermissionCorrection(subject).correct(document) : nil)
  }

  /// The actions that were meant where a statement allows an action that does not exist: that they
  /// are missing follows from it.
  private func calls(_ policy: Policy) -> Set<String> {
    let allowing = policy.statements.filter { $0.effect == .allow && $0.action?.isNegated == false }
    return Set(allowing.flatMap { $0.action?.values ?? [] }.compactMap { ServiceActions.allowing(call: $0.value) })
  }

  /// The answer of the role's policy and, where the bucket's policy is known and in the same
  /// account, of both.
  private func answer(_ probe: StorageProbes.Probe, _ decision: PolicyDecision) -> PolicyDecision.Answer {
    guard let bucketPolicy, probe.action.hasPrefix("s3:"), !subject.isBucketInOtherAccount else {
      return decision.answer
    }
    let ofBucket = probes.evaluate(bucketPolicy.withoutDelegation(to: probes.principal), probe)
    return PolicyEvaluator.combine(identity: decision, resource: ofBucket, sameAccount: .yes)
  }

  private func rejected(_ grammarFindings: [CheckFinding]) -> PolicyCheckResult.Part {
    let names = StorageProbes.summary(probes.all.map { ($0, .deny) })
    return PolicyCheckResult.Part(verdict: .blocked, probes: names, findings: grammarFindings, assumptions: [])
  }
}

extension Policy {
  /// The policy without the Allow entries that name the caller's account: they delegate to the
  /// caller's own policies and grant nothing by themselves.
  fileprivate func withoutDelegation(to principal: RequestPrincipal) -> Policy {
    let root = "arn:\(principal.partition):iam::\(principal.account):root"
    var policy = self
    for index in policy.statements.indices where policy.statements[index].effect == .allow {
      policy.statements[index].principal?.entries.removeAll { [root, principal.account].contains($0.text.value) }
    }
    return policy
  }
}

import AWSPolicy
import JSON
import Registry

/// The check of a bucket policy: whether it denies the customer's role, and in another account
/// whether it allows it.
struct BucketCheck {
  private let subject: PolicyCheckSubject
  private let probes: StorageProbes

  init(_ subject: PolicyCheckSubject) {
    self.subject = subject
    probes = StorageProbes(subject: subject)
  }

  /// The ARN of the customer's role; nil for a draft.
  var roleARN: String? { subject.roleARN }

  func check(_ pasted: PastedPolicy) -> PolicyCheckResult.Part {
    guard let document = pasted.document else { return part(.blocked, .deny, []) }
    let (policy, grammarFindings) = parse(document)
    if PolicySizeLimit.size(of: document) > PolicySizeLimit.bucketPolicy {
      return part(.blocked, .deny, grammarFindings)
    }
    if let wrongKind = WrongPolicyKind.finding(policy, pastedAs: .bucket) {
      return part(.blocked, .deny, [wrongKind] + grammarFindings.filter { !$0.isRejectedByAWS })
    }
    if grammarFindings.contains(where: \.isRejectedByAWS) {
      var rejected = part(.blocked, .deny, grammarFindings)
      rejected.corrected = BucketCorrection(self).correct(document)
      return rejected
    }
    guard subject.roleARN != nil else {
      let unknown = CheckFinding(
        .bucket(.roleUnknown), .info, at: nil,
        "The ICC has no User ARN, so the registry cannot tell which role accesses the bucket.",
        hint: "Set the User ARN and check again.")
      return part(.undetermined, .unknown, grammarFindings + [unknown])
    }
    return judge(document, policy, grammarFindings)
  }

  private func judge(_ document: JSONValue, _ policy: Policy, _ grammarFindings: [CheckFinding])
    -> PolicyCheckResult.Part
  {
    let decisions = probes.storage.map { ($0, probes.evaluate(policy, $0)) }
    let summary = StorageProbes.summary(decisions.map { ($0.0, answer($0.1)) })
    let verdict = StorageProbes.verdict(summary)
    let others = OtherReaders(subject: subject, policy: policy, actions: ["s3:GetObject", "s3:ListBucket"]).all
    var result = PolicyCheckResult.Part(
      verdict: verdict, probes: summary,
      findings: grammarFindings + BucketFindings(subject, policy, decisions, others).all,
      assumptions: decisions.flatMap { $0.1.unknownKeys }.removingDuplicates())
    result.others = others
    if verdict == .blocked { result.corrected = BucketCorrection(self).correct(document) }
    return result
  }

  func parse(_ document: JSONValue) -> (policy: Policy, grammarFindings: [CheckFinding]) {
    let (policy, grammarFindings) = PolicyParser.parse(document, as: .bucket)
    let rules = BucketPolicyRules(bucket: subject.bucket, objects: subject.grant.objectARNs)
    return (policy, grammarFindings.asCheckFindings + rules.findings(policy))
  }

  /// The verdict on a document.
  func verdict(_ document: JSONValue) -> PolicyCheckResult.Verdict {
    let (policy, grammarFindings) = parse(document)
    if grammarFindings.contains(where: \.isRejectedByAWS) { return .blocked }
    guard subject.roleARN != nil else { return .works }
    let answers = probes.storage.map { ($0, answer(probes.evaluate(policy, $0))) }
    return StorageProbes.verdict(StorageProbes.summary(answers))
  }

  /// In the role's own account, a bucket policy that says nothing leaves the decision to the role's
  /// permission policy. In another account it must allow the role itself.
  private func answer(_ decision: PolicyDecision) -> PolicyDecision.Answer {
    if subject.isBucketInOtherAccount { return decision.answer }
    switch decision.explicitDeny {
    case .yes: return .deny
    case .unknown: return .unknown
    case .no: return .allow
    }
  }

  var exceptions: DenyExceptions { DenyExceptions(probes: probes, requests: probes.storage) }
  var needsAllow: Bool { subject.isBucketInOtherAccount }
  /// The statements of the ICC's bucket policy: listing, then reading.
  var ownStatements: [JSONValue] {
    roleARN.map { subject.grant.bucketPolicy(role: $0).statements.map(\.json) } ?? []
  }
  var bucketARN: String { subject.grant.bucketARN }
  var objectARNs: [String] { subject.grant.objectARNs }

  private func part(
    _ verdict: PolicyCheckResult.Verdict, _ answer: PolicyDecision.Answer, _ findings: [CheckFinding]
  ) -> PolicyCheckResult.Part {
    let names = StorageProbes.summary(probes.storage.map { ($0, answer) })
    return PolicyCheckResult.Part(verdict: verdict, probes: names, findings: findings, assumptions: [])
  }
}

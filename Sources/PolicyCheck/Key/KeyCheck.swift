import AWSPolicy
import JSON
import Registry

/// The check of the KMS key's policy: whether it lets the customer's role decrypt, through S3.
struct KeyCheck {
  private let subject: PolicyCheckSubject
  private let probes: StorageProbes

  init(_ subject: PolicyCheckSubject) {
    self.subject = subject
    probes = StorageProbes(subject: subject)
  }

  func check(_ pasted: PastedPolicy) -> PolicyCheckResult.Part {
    guard let document = pasted.document else { return part(.blocked, .deny, []) }
    let (policy, errors) = PolicyParser.parse(document, as: .key)
    let grammarFindings = errors.asCheckFindings
    if PolicySizeLimit.size(of: document) > PolicySizeLimit.keyPolicy { return part(.blocked, .deny, grammarFindings) }
    if let wrongKind = WrongPolicyKind.finding(policy, pastedAs: .key) {
      return part(.blocked, .deny, [wrongKind] + grammarFindings.filter { !$0.isRejectedByAWS })
    }
    if grammarFindings.contains(where: \.isRejectedByAWS) {
      var rejected = part(.blocked, .deny, grammarFindings)
      rejected.corrected = corrected(document)
      return rejected
    }
    guard subject.roleARN != nil, subject.kmsKeyARN != nil else {
      return part(.undetermined, .unknown, grammarFindings + [missingValue])
    }
    return judge(document, policy, grammarFindings)
  }

  private func judge(_ document: JSONValue, _ policy: Policy, _ grammarFindings: [CheckFinding])
    -> PolicyCheckResult.Part
  {
    let decisions = probes.key.map { probes.evaluate(policy, $0) }
    let summary = StorageProbes.summary(zip(probes.key, decisions).map { ($0, $1.answer) })
    let verdict = StorageProbes.verdict(summary)
    var result = PolicyCheckResult.Part(
      verdict: verdict, probes: summary, findings: grammarFindings + findings(policy, decisions, verdict),
      assumptions: decisions.flatMap(\.unknownKeys).removingDuplicates())
    result.others = OtherReaders(subject: subject, policy: policy, actions: ["kms:Decrypt"]).all
    if verdict == .blocked { result.corrected = corrected(document) }
    return result
  }

  private var missingValue: CheckFinding {
    subject.kmsKeyARN == nil
      ? CheckFinding(
        .key(.noKey), .info, at: nil, "The ICC has no KMS key, so the registry cannot tell which key this is.",
        hint: "Set kmsKeyArn to the key that encrypts the bucket and check again.")
      : CheckFinding(
        .key(.roleUnknown), .info, at: nil,
        "The ICC has no User ARN, so the registry cannot tell which role uses the key.",
        hint: "Set the User ARN and check again.")
  }

  private func findings(
    _ policy: Policy, _ decisions: [PolicyDecision], _ verdict: PolicyCheckResult.Verdict
  ) -> [CheckFinding] {
    let denials = policy.statements.enumerated().compactMap { index, statement -> CheckFinding? in
      guard statement.effect == .deny else { return nil }
      return denial(statement, decisions, index)
    }
    if !denials.isEmpty { return denials }
    switch verdict {
    case .works: return delegation(policy, decisions)
    case .undetermined: return [uncertain(policy, decisions)]
    case .blocked, .unsafe: return [notAllowed(policy, decisions)]
    }
  }

  private func denial(_ statement: Policy.Statement, _ decisions: [PolicyDecision], _ index: Int) -> CheckFinding? {
    let applies = decisions.map { $0.traces[index].applies }
    let role = subject.roleARN ?? ""
    if applies.allSatisfy({ $0 == .no }) { return nil }
    let hint = "Add an exception for this role: \(S3ReadGrant.exceptionText(role: role))."
    return applies.contains(.yes)
      ? CheckFinding(
        .key(.denied), .error, at: statement.position,
        "\(statement.name) denies the role \(role).\(ConditionReason.denial(statement))", hint: hint)
      : CheckFinding(
        .key(.denyUnknown), .warning, at: statement.position,
        "\(statement.name) may deny the role: \(statement.uncertainty(decisions, at: index)).", hint: hint)
  }

  /// A statement that names the account delegates: the role's permission policy decides.
  private func delegation(_ policy: Policy, _ decisions: [PolicyDecision]) -> [CheckFinding] {
    let deciding = Set(decisions.flatMap(\.deciding))
    let statements = policy.statements.filter { deciding.contains($0.index) }
    let names = statements.flatMap { $0.principal?.entries ?? [] }.map(\.text.value)
    guard !names.contains(subject.roleARN ?? ""), !names.contains("*"),
      !statements.contains(where: { $0.principal?.isEveryone == true })
    else { return [] }
    return [
      CheckFinding(
        .key(.delegates), .info, at: statements.first?.position,
        "The key policy allows your account, so the role's own permission policy must allow kms:Decrypt on this key.")
    ]
  }

  private func uncertain(_ policy: Policy, _ decisions: [PolicyDecision]) -> CheckFinding {
    let index = decisions.first { $0.answer == .unknown }?.deciding.first
    let keys = decisions.flatMap(\.unknownKeys).removingDuplicates()
    let reasons = keys.map { ConditionReason.uncertainty($0, isTrust: false) }
    let message =
      reasons.isEmpty
      ? ConditionReason.uncertain("kms:EncryptionContext:aws:s3:arn", isTrust: false)
      : "Whether the role may use the key is undetermined: \(reasons.joined(separator: "; "))."
    return CheckFinding(
      .key(.undetermined), .warning, at: policy.statements.first { $0.index == index }?.position, message)
  }

  private func notAllowed(_ policy: Policy, _ decisions: [PolicyDecision]) -> CheckFinding {
    let hint = "Add the statement of this ICC's key policy."
    for (statement, trace) in zip(policy.statements, decisions.first?.traces ?? [])
    where statement.effect == .allow && trace.principal != .no && trace.action == .yes && trace.resource == .yes {
      guard let request = probes.key.first, let index = trace.conditions.firstIndex(of: .no) else { continue }
      let condition = statement.conditions[index]
      return CheckFinding(
        .key(.wrongCondition), .error, at: condition.position,
        ConditionReason.never(condition, request.context, request: "the request of S3 to KMS"), hint: hint)
    }
    return CheckFinding(
      .key(.notAllowed), .error, at: policy.statements.first?.position,
      "No statement allows the role \(subject.roleARN ?? "") to use kms:Decrypt.", hint: hint)
  }

  /// The document with exceptions for the role and, if nothing allows it, the statement for it.
  private func corrected(_ document: JSONValue) -> JSONValue? {
    guard var object = PolicyRepairer.repair(document, as: .key).objectValue, let given = object["Statement"] else {
      return nil
    }
    let exceptions = DenyExceptions(probes: probes, requests: probes.key)
    let statements = exceptions.added(to: given.arrayValue ?? [given], as: .key)
    let own = subject.roleARN.flatMap { subject.grant.keyPolicyStatement(role: $0) }.map { [$0.json] } ?? []
    for statements in [statements, statements + own] {
      object["Statement"] = .array(statements)
      let result = JSONValue(.object(object))
      let (policy, grammarFindings) = PolicyParser.parse(result, as: .key)
      let answers = probes.key.map { ($0, probes.evaluate(policy, $0).answer) }
      let works = StorageProbes.verdict(StorageProbes.summary(answers)) == .works
      if works, !grammarFindings.contains(where: \.isRejectedByAWS) { return result == document ? nil : result }
    }
    return nil
  }

  private func part(
    _ verdict: PolicyCheckResult.Verdict, _ answer: PolicyDecision.Answer, _ findings: [CheckFinding]
  ) -> PolicyCheckResult.Part {
    PolicyCheckResult.Part(
      verdict: verdict, probes: [("kmsDecrypt", answer)], findings: findings, assumptions: [])
  }
}

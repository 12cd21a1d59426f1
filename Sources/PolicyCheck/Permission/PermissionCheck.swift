import AWSPolicy
import JSON

/// The check of the role's own policy: whether it lets the bucket be listed under the prefix and the objects be read.
struct PermissionCheck {
  private let subject: PolicyCheckSubject
  private let probes: StorageProbes

  init(_ subject: PolicyCheckSubject) {
    self.subject = subject
    probes = StorageProbes(subject: subject)
  }

  func check(_ pasted: PastedPolicy) -> PolicyCheckResult.Part {
    guard let document = pasted.document else { return refused([]) }
    let (policy, errors) = PolicyParser.parse(document, as: .identity)
    let faults = errors.asCheckFindings
    if faults.contains(where: \.isRejectedByAWS) {
      var part = refused(faults + [WrongPolicyKind.finding(policy, pastedAs: .identity)].compactMap { $0 })
      part.corrected = PermissionCorrection(subject).correct(document)
      return part
    }
    let answers = probes.all.map { ($0, probes.evaluate(policy, $0)) }
    let summary = StorageProbes.summary(answers.map { ($0.0.name, $0.1.answer) })
    let verdict = StorageProbes.verdict(summary)
    var findings = faults + denials(answers, policy)
    for probe in summary where probe.answer != .allow {
      guard !answers.contains(where: { $0.0.name == probe.name && $0.1.isDenied }),
        let worst = answers.first(where: { $0.0.name == probe.name && $0.1.answer != .allow })
      else { continue }
      findings += explain(worst.0, worst.1, probe.answer, policy)
    }
    findings += ExcessPermissions(subject, probes).findings(policy)
    return PolicyCheckResult.Part(
      verdict: verdict, probes: summary, findings: findings,
      assumptions: answers.flatMap { $0.1.unknownKeys }.removingDuplicates(),
      corrected: verdict == .works ? nil : PermissionCorrection(subject).correct(document))
  }

  private func refused(_ faults: [CheckFinding]) -> PolicyCheckResult.Part {
    let names = StorageProbes.summary(probes.all.map { ($0.name, .deny) })
    return PolicyCheckResult.Part(verdict: .blocked, probes: names, findings: faults, assumptions: [], corrected: nil)
  }

  private func explain(
    _ question: StorageProbes.Probe, _ decision: PolicyDecision, _ answer: PolicyDecision.Answer, _ policy: Policy
  ) -> [CheckFinding] {
    let deciding = policy.statements.first { $0.index == decision.deciding.first }
    if decision.answer == .unknown {
      return [
        CheckFinding(
          .permission(.undetermined), .warning, at: deciding?.position,
          "Whether \(question.action) is allowed turns on \(decision.unknownKeys.joined(separator: ", ")), which cannot be known here."
        )
      ]
    }
    let naming = zip(policy.statements, decision.traces).filter { $0.effect == .allow && $1.action == .yes }
    guard let (statement, trace) = naming.first else {
      return [missing(question, policy)]
    }
    return [near(question, statement, trace, isPartial: answer == .unknown)]
  }

  /// The statements that deny what an import needs, each once, with what they deny.
  private func denials(_ answers: [(StorageProbes.Probe, PolicyDecision)], _ policy: Policy) -> [CheckFinding] {
    policy.statements.enumerated().filter { $0.element.effect == .deny }.compactMap { position, statement in
      func actions(_ state: TriState) -> [String] {
        answers.filter { $0.1.traces[position].applies == state }.map(\.0.action).removingDuplicates()
      }
      let exception = subject.roleARN.map { "Except the role: \"ArnNotEquals\": {\"aws:PrincipalArn\": \"\($0)\"}." }
      let denied = actions(.yes)
      if !denied.isEmpty {
        return CheckFinding(
          .permission(.denied), .error, at: statement.position,
          "\(statement.name) denies \(denied.joined(separator: ", ")).",
          hint: statement.conditions.isEmpty ? "Except the bucket \"\(subject.bucket)\" from it." : exception)
      }
      let doubtful = actions(.unknown)
      guard !doubtful.isEmpty else { return nil }
      return CheckFinding(
        .permission(.denied), .warning, at: statement.position,
        "\(statement.name) may deny \(doubtful.joined(separator: ", ")): \(statement.uncertainty(answers.map(\.1), at: position)).",
        hint: exception)
    }
  }

  private func missing(_ question: StorageProbes.Probe, _ policy: Policy) -> CheckFinding {
    CheckFinding(
      question.name == "kmsDecrypt" ? .permission(.kmsMissing) : .permission(.actionMissing), .error,
      at: policy.statements.first?.position, "No statement allows \(question.action).",
      hint: "Allow \(question.action) on \(resource(question)).")
  }

  private func resource(_ question: StorageProbes.Probe) -> String {
    switch question.name {
    case "listBucket": subject.grant.bucketARN
    case "getObject": subject.grant.objectsARN
    default: question.resource
    }
  }

  /// A statement allows the action, and not here.
  private func near(
    _ question: StorageProbes.Probe, _ statement: Policy.Statement, _ trace: PolicyDecision.Trace, isPartial: Bool
  ) -> CheckFinding {
    let hint = "Allow \(question.action) on \(resource(question))."
    let position = statement.resource?.position ?? statement.position
    if trace.resource == .yes {
      let condition = zip(statement.conditions, trace.conditions).first { $0.1 == .no }?.0
      let isPrefix = condition?.key.lowercased() == "s3:prefix"
      return CheckFinding(
        isPrefix ? .permission(.wrongPrefix) : .permission(.conditionNeverHolds), .error,
        at: condition?.position ?? position,
        isPrefix
          ? "The condition on s3:prefix does not let the prefix \"\(subject.prefix)\" be listed."
          : "This condition never holds for \(question.action).",
        hint: isPrefix
          ? "Write \"StringLike\": {\"s3:prefix\": \"\(subject.grant.escapedPrefix.pattern)*\"}." : "Remove it.")
    }
    if isPartial {
      return CheckFinding(
        .permission(.objectsPartly), .warning, at: position,
        "The resource covers a part of the objects under the prefix only.", hint: hint)
    }
    let values = statement.resource?.values.compactMap { ARN($0.value) } ?? []
    let bucket = values.contains { $0.resource == subject.bucket || $0.resource.hasPrefix(subject.bucket + "/") }
    if question.name == "kmsDecrypt" {
      let isAlias = values.contains { $0.resource.hasPrefix("alias/") }
      return CheckFinding(
        isAlias ? .permission(.kmsIsAlias) : .permission(.kmsWrongKey), .error, at: position,
        isAlias
          ? "This names an alias of a key, and an alias grants nothing here: a Resource names the key itself."
          : "kms:Decrypt is allowed on another key.", hint: hint)
    }
    if !bucket {
      let named = statement.resource?.values.first.map { "\"\($0.value.prefixForMessage)\"" } ?? "another bucket"
      return CheckFinding(
        .permission(.wrongBucket), .error, at: position,
        "This is about \(named), and the ICC's bucket is \"\(subject.bucket)\".", hint: hint)
    }
    if question.name == "listBucket" {
      return CheckFinding(
        .permission(.listOnObjects), .error, at: position,
        "s3:ListBucket belongs on the bucket's own ARN, and this names its objects.", hint: hint)
    }
    let onBucket = values.allSatisfy { !$0.resource.contains("/") }
    return CheckFinding(
      onBucket ? .permission(.getOnBucket) : .permission(.wrongPrefix), .error, at: position,
      onBucket
        ? "s3:GetObject belongs on the objects, and this names the bucket alone."
        : "This does not cover the objects under the prefix \"\(subject.prefix)\".", hint: hint)
  }
}

import AWSPolicy
import JSON
import Registry

/// The check of the bucket's policy: whether one of its statements denies the customer's role, which is what asks S3.
struct BucketCheck {
  private let subject: PolicyCheckSubject
  private let probes: StorageProbes

  init(_ subject: PolicyCheckSubject) {
    self.subject = subject
    probes = StorageProbes(subject: subject)
  }

  private var all: [StorageProbes.Probe] { probes.all.filter { $0.name != "kmsDecrypt" } }

  func check(_ pasted: PastedPolicy) -> PolicyCheckResult.Part {
    guard let document = pasted.document else { return part(.blocked, .deny, []) }
    let (policy, faults) = read(document)
    if faults.contains(where: \.isRejectedByAWS) {
      let mistaken = WrongPolicyKind.finding(policy, pastedAs: .bucket).map { [$0] } ?? []
      var refused = part(.blocked, .deny, faults + mistaken)
      refused.corrected = corrected(document)
      return refused
    }
    guard subject.roleARN != nil else {
      return part(
        .undetermined, .unknown,
        faults + [
          CheckFinding(
            .bucket(.roleUnknown), .info, at: nil,
            "The ICC has no User ARN yet, so it cannot be told whom the policy meets.",
            hint: "Set the User ARN, and check again.")
        ])
    }
    let decisions = all.map { ($0.name, probes.evaluate(policy, $0)) }
    let summary = StorageProbes.summary(decisions.map { ($0.0, answer($0.1)) })
    let verdict = StorageProbes.verdict(summary)
    var result = PolicyCheckResult.Part(
      verdict: verdict, probes: summary, findings: faults + findings(policy, decisions.map(\.1)),
      assumptions: decisions.flatMap { $0.1.unknownKeys }.removingDuplicates(), corrected: nil)
    if verdict != .works { result.corrected = corrected(document) }
    return result
  }

  private func read(_ document: JSONValue) -> (policy: Policy, faults: [CheckFinding]) {
    let (policy, errors) = PolicyParser.parse(document, as: .bucket)
    let faults = errors.asCheckFindings
    return (policy, faults + BucketPolicyRules(bucket: subject.bucket).findings(policy))
  }

  /// A bucket's policy that says nothing leaves it to the role's own policy, as long as both are in one account.
  private func answer(_ decision: PolicyDecision) -> PolicyDecision.Answer {
    switch decision.explicitDeny {
    case .yes: .deny
    case .unknown: .unknown
    case .no: .allow
    }
  }

  private func part(
    _ verdict: PolicyCheckResult.Verdict, _ answer: PolicyDecision.Answer, _ findings: [CheckFinding]
  ) -> PolicyCheckResult.Part {
    let names = StorageProbes.summary(all.map { ($0.name, answer) })
    return PolicyCheckResult.Part(verdict: verdict, probes: names, findings: findings, assumptions: [], corrected: nil)
  }

  private func findings(_ policy: Policy, _ decisions: [PolicyDecision]) -> [CheckFinding] {
    let role = subject.roleARN ?? ""
    var findings: [CheckFinding] = []
    for (position, statement) in policy.statements.enumerated() where statement.effect == .deny {
      let traces = decisions.map { $0.traces[position].applies }
      let hint = "Add an exception: \"ArnNotEquals\": {\"aws:PrincipalArn\": \"\(role)\"}."
      if traces.contains(.yes) {
        findings.append(
          CheckFinding(
            .bucket(.denied), .error, at: statement.position, "\(statement.name) denies the role \(role).", hint: hint))
      } else if traces.contains(.unknown) {
        findings.append(
          CheckFinding(
            .bucket(.denyUnknown), .warning, at: statement.position,
            "\(statement.name) may deny the role: \(statement.uncertainty(decisions, at: position)).",
            hint: hint))
      }
    }
    findings += policy.statements.filter { $0.effect == .allow }.flatMap(connectorEntries)
    if decisions.contains(where: { $0.explicitDeny == .no && $0.answer != .allow }) {
      findings.append(
        CheckFinding(
          .bucket(.crossAccount), .info, at: nil,
          "No statement lets the role \(role) in. That is enough if the bucket is in the role's own account.",
          hint:
            "If the bucket belongs to another account, add the statements of the bucket policy that InfoSum gives out.")
      )
    }
    return findings
  }

  /// Principals that are InfoSum's: in a bucket's policy they let nobody in that imports.
  private func connectorEntries(_ statement: Policy.Statement) -> [CheckFinding] {
    (statement.principal?.entries ?? []).filter { entry in
      let account = ARN(entry.text.value)?.account ?? entry.text.value
      return entry.kind == .aws && account == subject.connector.accountID
    }.map { entry in
      CheckFinding(
        .bucket(.principalIsInfoSum), .warning, at: entry.text.position,
        "This names InfoSum, and what asks S3 is your role, \(subject.roleARN ?? "").",
        hint: "Name the role here; InfoSum's session belongs in the role's trust policy.")
    }
  }

  /// The policy with an exception for the role in each Deny that meets it.
  private func corrected(_ document: JSONValue) -> JSONValue? {
    guard var object = PolicyRepairer.repair(document, as: .bucket).objectValue, let given = object["Statement"] else {
      return nil
    }
    let policy = PolicyParser.parse(JSONValue(.object(object)), as: .bucket).policy
    let decisions = all.map { probes.evaluate(policy, $0) }
    var statements = given.arrayValue ?? [given]
    for (position, statement) in policy.statements.enumerated()
    where statement.effect == .deny && statements.indices.contains(statement.index) {
      let meets = decisions.contains { $0.traces[position].applies != .no }
      guard meets, let role = subject.roleARN, var members = statements[statement.index].objectValue else { continue }
      var conditions = members["Condition"]?.objectValue ?? JSONObject()
      conditions.except(role: role)
      members["Condition"] = JSONValue(.object(conditions))
      statements[statement.index] = JSONValue(.object(members))
    }
    object["Statement"] = given.arrayValue == nil ? statements.first : .array(statements)
    let result = JSONValue(.object(object))
    guard isRepaired(result), result != document else { return nil }
    return result
  }

  private func isRepaired(_ document: JSONValue) -> Bool {
    let (policy, faults) = read(document)
    let answers = all.map { ($0.name, answer(probes.evaluate(policy, $0))) }
    return !faults.contains { $0.severity == .error }
      && (subject.roleARN == nil || StorageProbes.verdict(StorageProbes.summary(answers)) == .works)
  }
}

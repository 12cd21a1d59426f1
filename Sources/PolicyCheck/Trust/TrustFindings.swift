import AWSPolicy
import Registry

/// The findings that explain the probes of a trust policy, statement by statement.
struct TrustFindings {
  let subject: PolicyCheckSubject
  let policy: Policy
  let probes: TrustCheck.Probes
  let others: [OtherPrincipal]
  private(set) var all: [CheckFinding] = []
  private let namesSession: Bool
  private let deniesByExternalID: Bool
  /// The effect of each statement on InfoSum's session with the right external ID, by its index.
  private let traces: [Int: PolicyDecision.Trace]

  init(_ subject: PolicyCheckSubject, _ policy: Policy, _ probes: TrustCheck.Probes, _ others: [OtherPrincipal]) {
    self.subject = subject
    self.policy = policy
    self.probes = probes
    self.others = others
    traces = Dictionary(probes.right.traces.map { ($0.statement, $0) }, uniquingKeysWith: { first, _ in first })
    namesSession = StatementTraits.namesSession(policy, subject)
    deniesByExternalID = policy.statements.contains { statement in
      statement.effect == .deny && statement.conditions.contains(where: \.isExternalID)
    }
    for statement in policy.statements {
      switch statement.effect {
      case .allow: allow(statement)
      case .deny: deny(statement)
      case nil: break
      }
    }
    if !policy.statements.contains(where: { $0.effect == .allow && isMeant($0) }) { noStatement() }
    pendingMissing()
  }

  mutating func add(
    _ code: TrustCode, _ severity: FindingSeverity, _ position: PolicyPosition?, _ message: String,
    _ hint: String? = nil
  ) {
    all.append(CheckFinding(.trust(code), severity, at: position, message, hint: hint))
  }

  private func traits(_ statement: Policy.Statement) -> StatementTraits {
    StatementTraits(statement, policyNamesSession: namesSession, subject)
  }

  /// True if a statement is meant for this ICC's session.
  private func isMeant(_ statement: Policy.Statement) -> Bool {
    if statement.principal?.isEveryone == true { return true }
    let traits = traits(statement)
    return statement.principal?.entries.contains { TrustPrincipal($0, of: traits, subject).isMeantForThisICC } == true
  }

  private mutating func allow(_ statement: Policy.Statement) {
    let traits = traits(statement)
    for entry in statement.principal?.entries ?? [] { principal(entry, traits, statement) }
    guard isMeant(statement) else { return }
    action(statement)
    let externalIDs = statement.conditions.filter(\.isExternalID)
    if externalIDs.isEmpty, !deniesByExternalID { noExternalID(statement) }
    for condition in externalIDs { all += ExternalIDFindings(subject, policy, condition).all }
    for condition in statement.conditions where !condition.isExternalID { other(condition) }
  }

  private mutating func noExternalID(_ statement: Policy.Statement) {
    let right = "\"StringEquals\": {\"sts:ExternalId\": \"\(subject.externalID)\"}"
    if let typo = statement.conditions.first(where: { $0.key.lowercased() == "aws:externalid" }) {
      add(
        .externalIDWrongKey, .error, typo.position,
        "\(typo.key.prefixForMessage) does not exist. The condition key is sts:ExternalId.", "Write \(right).")
    } else {
      add(
        .externalIDMissing, .error, statement.position, "\(statement.name) does not require an external ID.",
        "Add \"Condition\": {\(right)}.")
    }
  }

  private mutating func principal(
    _ entry: Policy.PrincipalEntry, _ traits: StatementTraits, _ statement: Policy.Statement
  ) {
    switch TrustPrincipal(entry, of: traits, subject) {
    case .exact:
      break
    case .wider(let code, let message), .mistake(let code, let message):
      add(code, .error, entry.text.position, message, "Write \"\(subject.session)\".")
    case .otherSession(let session):
      otherSession(session, entry)
    case .unrelated:
      unrelated(entry, statement)
    }
  }

  private mutating func otherSession(_ session: String, _ entry: Policy.PrincipalEntry) {
    if let sibling = subject.siblings.first(where: { $0.sessionName == session }) {
      guard TrustCheck(subject).serves(sibling, policy) else { return shutOut(sibling, entry) }
      add(
        .statementServesOtherICC, .info, entry.text.position,
        "This is for your ICC \"\(sibling.name.prefixForMessage)\", which uses the same role. Leave it as it is.")
    } else {
      add(
        .otherSession, .info, entry.text.position,
        "This allows another session of InfoSum, \"\(session.prefixForMessage)\", which is not this ICC's.")
    }
  }

  private mutating func shutOut(_ sibling: PolicyCheckSubject.Sibling, _ entry: Policy.PrincipalEntry) {
    let name = "\"\(sibling.name.prefixForMessage)\""
    add(
      .statementServesOtherICC, .warning, entry.text.position,
      "This is for your ICC \(name), which uses the same role, but the policy does not let it in.",
      "Check the policy against that ICC too.")
  }

  private mutating func unrelated(_ entry: Policy.PrincipalEntry, _ statement: Policy.Statement) {
    let text = entry.text.value
    let other = others.first { $0.position == entry.text.position }
    if entry.kind == .service { return service(text, entry.text.position) }
    if entry.kind == .federated { return federated(text, entry, other) }
    if text == subject.roleARN {
      add(
        .principalIsOwnRole, namesSession ? .warning : .error, entry.text.position,
        "This is the role itself. The principal of a trust policy is who assumes the role.",
        "Write \"\(subject.session)\".")
    } else if case .uniqueID = PrincipalName(text) {
      add(
        .principalUniqueID, .warning, entry.text.position,
        "AWS shows this unique ID because the principal was deleted. A recreated role or user does not match it.",
        "Name the principal by its ARN.")
    } else if let other {
      extra(other)
    }
  }

  private mutating func extra(_ other: OtherPrincipal) {
    let name = other.principal.prefixForMessage
    if other.isUnsafe {
      add(
        .foreignPrincipalWithoutCondition, .error, other.position,
        "\"\(name)\" is outside your account and can assume this role without a restricting condition.",
        "If you need it, add a condition such as an external ID of its own. Otherwise remove it.")
    } else if other.kind == .ownAccount {
      add(
        .extraPrincipal, .info, other.position,
        "This allows a principal of your own account, which InfoSum does not need.")
    } else {
      add(
        .extraPrincipal, .warning, other.position,
        "This also allows \"\(name)\", which is outside your account and is not InfoSum.",
        "Remove it if you do not need it.")
    }
  }

  private mutating func federated(_ text: String, _ entry: Policy.PrincipalEntry, _ other: OtherPrincipal?) {
    guard let other else { return }
    if other.isUnsafe {
      add(
        .federatedWithoutCondition, .error, entry.text.position,
        "Everyone who can sign in with \"\(text.prefixForMessage)\" can assume this role.",
        "Add a condition on its audience (aud) or subject (sub).")
    } else {
      add(
        .extraPrincipal, .info, entry.text.position,
        "This also allows users of the identity provider \"\(text.prefixForMessage)\".")
    }
  }

  private mutating func service(_ name: String, _ position: PolicyPosition) {
    guard name == "s3.amazonaws.com" else {
      add(
        .servicePrincipal, .info, position,
        "This trusts the service \(name.prefixForMessage). InfoSum does not need it.")
      return
    }
    add(
      .servicePrincipalLeftOver, namesSession ? .info : .error, position,
      "This trusts Amazon S3 itself. Creating a role for the AWS service S3 leaves this principal behind, and InfoSum "
        + "does not need it.",
      namesSession ? nil : "Add the statement of this ICC's trust policy.")
  }

  private mutating func action(_ statement: Policy.Statement) {
    guard let trace = traces[statement.index], trace.action == .no, let action = statement.action else { return }
    add(
      .actionMissing, .error, action.position, "\(statement.name) does not allow sts:AssumeRole.",
      "Write \"Action\": \"sts:AssumeRole\".")
  }

  private mutating func other(_ condition: Policy.Condition) {
    let context = subject.trustContext(externalID: subject.externalID)
    switch PolicyEvaluator.holds(condition, of: policy, in: context) {
    case .yes:
      break
    case .unknown:
      // The parser has reported an unknown operator or key already.
      guard condition.test != nil, condition.key.contains(":") else { return }
      add(
        .conditionUnknown, .warning, condition.position,
        ConditionReason.uncertain(condition.key, isTrust: true),
        "If this is a restriction of yours, make sure that InfoSum's requests meet it.")
    case .no:
      guard condition.test != nil, condition.key.contains(":"), condition.key.lowercased() != "aws:externalid" else {
        return
      }
      let (code, message) = reason(condition, context)
      add(code, .error, condition.position, message, "Remove the condition.")
    }
  }

  private func reason(_ condition: Policy.Condition, _ context: RequestContext) -> (TrustCode, String) {
    switch condition.key.lowercased() {
    case "aws:multifactorauthpresent", "aws:multifactorauthage":
      (.mfaRequired, "This requires MFA, which a session of a role never has.")
    case "aws:principalarn":
      (
        .principalARNCondition,
        "aws:PrincipalArn is the ARN of InfoSum's role, \(subject.connectorRole), not of the session."
      )
    case "sts:rolesessionname":
      (
        .roleSessionNameCondition,
        "sts:RoleSessionName is this ICC's session name, \"\(subject.sessionName)\"."
          + ConditionReason.variables(condition, context)
      )
    case "sts:durationseconds":
      (.durationCondition, "An AssumeRole request has no condition key sts:DurationSeconds, so this never holds.")
    default:
      (.conditionNeverHolds, ConditionReason.never(condition, context, request: "InfoSum's AssumeRole request"))
    }
  }

  private mutating func deny(_ statement: Policy.Statement) {
    guard let trace = traces[statement.index] else { return }
    let requiresMFA = statement.conditions.contains { $0.key.lowercased().hasPrefix("aws:multifactorauth") }
    let exception =
      "Add an exception to your rule for InfoSum's role: "
      + "\(S3ReadGrant.exceptionText(role: subject.connectorRole))."
    switch trace.applies {
    case .no:
      break
    case .yes:
      add(
        requiresMFA ? .mfaRequired : .denied, .error, statement.position,
        "\(statement.name) denies InfoSum's session with the right external ID"
          + (requiresMFA ? ", which never has MFA." : "." + ConditionReason.denial(statement)), exception)
    case .unknown:
      let reason = statement.uncertainty(
        [probes.right], at: policy.statements.firstIndex { $0.index == statement.index }, isTrust: true)
      add(
        .denyUnknown, .warning, statement.position, "\(statement.name) may deny InfoSum's session: \(reason).",
        "Make sure that InfoSum's requests meet your restriction, or add an exception for \(subject.connectorRole).")
    }
  }

  private mutating func noStatement() {
    guard !all.contains(where: { $0.severity == .error }) else { return }
    add(
      .noStatementForInfoSum, .error, policy.statements.first?.position,
      "No statement names InfoSum's session \(subject.session).", "Add the statement of this ICC's trust policy.")
  }

  private mutating func pendingMissing() {
    guard let pending = subject.pendingExternalID, probes.right.answer == .allow else { return }
    let isNamed = policy.statements.contains {
      $0.conditions.contains { $0.isExternalID && $0.values.contains { $0.value == pending } }
    }
    guard !isNamed else { return }
    let position = policy.statements.flatMap(\.conditions).first(where: \.isExternalID)?.position
    add(
      .pendingExternalIDMissing, .warning, position,
      "A rotation is in progress, but the policy does not contain the pending external ID.",
      "Add \"\(pending)\" next to the current external ID before you promote the rotation.")
  }
}

extension Policy.Condition {
  var isExternalID: Bool { key.lowercased() == "sts:externalid" }
}

extension Policy.Statement {
  /// The statement's name in a message: its Sid, or its number counted from 1.
  var name: String {
    if let sid, !sid.isEmpty { return "Statement \"\(sid.prefixForMessage)\"" }
    return "Statement \(index + 1)"
  }
}

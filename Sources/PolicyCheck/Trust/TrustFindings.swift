import AWSPolicy

/// What explains the probes of a trust policy, statement by statement.
struct TrustFindings {
  let subject: PolicyCheckSubject
  let policy: Policy
  let probes: TrustCheck.Probes
  private(set) var all: [CheckFinding] = []
  private let namesSession: Bool
  private let deniesByExternalID: Bool
  /// How each statement bears on InfoSum's session with the right external ID, by its index.
  private let traces: [Int: PolicyDecision.Trace]

  init(_ subject: PolicyCheckSubject, _ policy: Policy, _ probes: TrustCheck.Probes) {
    self.subject = subject
    self.policy = policy
    self.probes = probes
    traces = Dictionary(probes.right.traces.map { ($0.statement, $0) }, uniquingKeysWith: { first, _ in first })
    let allows = policy.statements.filter { $0.effect == .allow }
    namesSession = allows.contains { statement in
      statement.principal?.entries.contains { TrustPrincipal($0, subject) == .exact } == true
    }
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
    if !allows.contains(where: aims) { nobody(allows) }
    pendingMissing()
  }

  mutating func add(
    _ code: FindingCode, _ severity: FindingSeverity, _ position: PolicyPosition?, _ message: String,
    _ hint: String? = nil
  ) {
    all.append(CheckFinding(code, severity, at: position, message, hint: hint))
  }

  /// Whether a statement is meant for this ICC's session. Where the session is named, a statement for another session is
  /// another ICC's.
  private func aims(_ statement: Policy.Statement) -> Bool {
    if statement.principal?.isEveryone == true { return true }
    return statement.principal?.entries.contains { entry in
      switch TrustPrincipal(entry, subject) {
      case .unrelated: false
      case .otherSession: !namesSession
      case .exact, .wider, .mistake: true
      }
    } == true
  }

  private mutating func allow(_ statement: Policy.Statement) {
    for entry in statement.principal?.entries ?? [] { principal(entry) }
    guard aims(statement) else { return }
    action(statement)
    let externalIDs = statement.conditions.filter(\.isExternalID)
    if externalIDs.isEmpty, !deniesByExternalID {
      add(
        .trust(.externalIDMissing), .error, statement.position,
        "\(statement.name) asks for no external ID.",
        "Add \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"\(subject.externalID)\"}}.")
    }
    for condition in externalIDs { all += ExternalIDFindings(subject, policy, condition).all }
    for condition in statement.conditions where !condition.isExternalID { other(condition) }
  }

  private mutating func principal(_ entry: Policy.PrincipalEntry) {
    let hint = "Write \"\(subject.session)\"."
    switch TrustPrincipal(entry, subject) {
    case .exact:
      break
    case .wider(let code, let message), .mistake(let code, let message):
      add(code, .error, entry.text.position, message, hint)
    case .otherSession(let session):
      let name = session.prefixForMessage
      if namesSession {
        add(
          .trust(.otherSession), .info, entry.text.position,
          "This lets in InfoSum's session \"\(name)\", which is not this ICC's.")
      } else {
        add(
          .trust(.sessionNameDiffers), .error, entry.text.position,
          "The session name here is \"\(name)\", and this ICC's is \"\(subject.sessionName)\".", hint)
      }
    case .unrelated:
      unrelated(entry)
    }
  }

  private mutating func unrelated(_ entry: Policy.PrincipalEntry) {
    let text = entry.text.value
    if entry.kind == .service {
      let isStorage = text == "s3.amazonaws.com"
      add(
        isStorage ? .trust(.servicePrincipalLeftOver) : .trust(.servicePrincipal),
        namesSession ? .info : isStorage ? .error : .info,
        entry.text.position,
        isStorage
          ? "This trusts the service S3: it is what creating a role for the AWS service S3 leaves behind. InfoSum does not need it."
          : "This trusts the service \(text.prefixForMessage), which InfoSum does not need.",
        namesSession ? nil : "Replace the policy with the one that InfoSum gives out.")
      return
    }
    guard entry.kind == .aws else { return }
    if text == subject.roleARN {
      add(
        .trust(.principalIsOwnRole), namesSession ? .warning : .error, entry.text.position,
        "This is the role itself; the principal of a trust policy is whoever assumes it.",
        "Write \"\(subject.session)\".")
      return
    }
    if case .uniqueID = PrincipalName(text) {
      add(
        .trust(.principalUniqueID), .warning, entry.text.position,
        "AWS shows an id where the role or user that was named has been deleted; it lets nobody in who came after.",
        "Name the principal by its ARN again.")
      return
    }
    let account = ARN(text)?.account ?? text
    let isOwn = account == subject.roleARN.flatMap { ARN($0)?.account }
    add(
      .trust(.extraPrincipal), isOwn ? .info : .warning, entry.text.position,
      isOwn
        ? "This lets in a principal of the role's own account, which InfoSum does not need."
        : "This lets in \"\(text.prefixForMessage)\", which is not InfoSum.",
      isOwn ? nil : "Remove it, unless it is yours.")
  }

  private mutating func action(_ statement: Policy.Statement) {
    guard let trace = traces[statement.index], trace.action == .no, let action = statement.action else { return }
    add(
      .trust(.actionMissing), .error, action.position, "\(statement.name) does not allow sts:AssumeRole.",
      "Write \"Action\": \"sts:AssumeRole\".")
  }

  private mutating func other(_ condition: Policy.Condition) {
    let holds = PolicyEvaluator.holds(
      condition, of: policy, in: subject.trustContext(externalID: subject.externalID))
    switch holds {
    case .yes:
      break
    case .unknown:
      // Of a key or an operator that AWS has none of, it has been told already.
      guard condition.test != nil, condition.key.contains(":") else { return }
      add(
        .trust(.conditionUnknown), .warning, condition.position,
        "Whether \(condition.key.prefixForMessage) is as asked cannot be told from here.",
        "Remove the condition, unless you know that it holds for InfoSum.")
    case .no:
      let (code, message) = reason(condition)
      add(code, .error, condition.position, message, "Remove the condition.")
    }
  }

  private func reason(_ condition: Policy.Condition) -> (FindingCode, String) {
    switch condition.key.lowercased() {
    case "aws:multifactorauthpresent", "aws:multifactorauthage":
      (.trust(.mfaRequired), "This asks for MFA, which a session of a role never has.")
    case "aws:principalarn":
      (
        .trust(.principalARNCondition),
        "aws:PrincipalArn is the ARN of InfoSum's role, \(subject.connectorRole), and not of the session."
      )
    case "sts:rolesessionname":
      (
        .trust(.roleSessionNameCondition),
        "sts:RoleSessionName is the ICC's session name, \"\(subject.sessionName)\"."
      )
    default:
      (.trust(.conditionNeverHolds), "This condition never holds for InfoSum's session.")
    }
  }

  private mutating func deny(_ statement: Policy.Statement) {
    guard let trace = traces[statement.index] else { return }
    let asksMFA = statement.conditions.contains { $0.key.lowercased().hasPrefix("aws:multifactorauth") }
    switch trace.applies {
    case .no:
      break
    case .yes:
      add(
        asksMFA ? .trust(.mfaRequired) : .trust(.denied), .error, statement.position,
        "\(statement.name) denies InfoSum's session with the right external ID\(asksMFA ? ", which never has MFA" : "").",
        "Add an exception: \"ArnNotEquals\": {\"aws:PrincipalArn\": \"\(subject.connectorRole)\"}.")
    case .unknown:
      add(
        .trust(.denyUnknown), .warning, statement.position,
        "Whether \(statement.name) denies InfoSum's session cannot be told from here.",
        "Add an exception: \"ArnNotEquals\": {\"aws:PrincipalArn\": \"\(subject.connectorRole)\"}.")
    }
  }

  private mutating func nobody(_ allows: [Policy.Statement]) {
    guard !all.contains(where: { $0.severity == .error }) else { return }
    add(
      .trust(.noStatementForInfoSum), .error, allows.first?.position ?? policy.statements.first?.position,
      "No statement names InfoSum's session \(subject.session).",
      "Add the statement of the trust policy that InfoSum gives out.")
  }

  private mutating func pendingMissing() {
    guard let pending = subject.pendingExternalID, probes.right.answer == .allow else { return }
    let names = policy.statements.contains {
      $0.conditions.contains { $0.isExternalID && $0.values.contains { $0.value == pending } }
    }
    guard !names else { return }
    let position = policy.statements.flatMap(\.conditions).first(where: \.isExternalID)?.position
    add(
      .trust(.pendingExternalIDMissing), .warning, position,
      "A rotation is under way, and the policy does not have the next external ID yet.",
      "Put \"\(pending)\" beside the present one before the rotation is promoted.")
  }
}

extension Policy.Condition {
  var isExternalID: Bool { key.lowercased() == "sts:externalid" }
}

extension Policy.Statement {
  /// The statement's name in a message: its Sid, or its number from 1.
  var name: String {
    if let sid, !sid.isEmpty { return "Statement \"\(sid.prefixForMessage)\"" }
    return "Statement \(index + 1)"
  }
}

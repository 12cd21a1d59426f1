import AWSPolicy
import Registry

/// Finds the principals that a trust policy allows besides InfoSum's session.
struct OtherPrincipals {
  let subject: PolicyCheckSubject
  let policy: Policy

  /// The principals that may assume the role, in the order of the policy.
  var all: [OtherPrincipal] {
    policy.statements.filter { $0.effect == .allow }.flatMap(others)
  }

  private var denials: [Policy.Statement] { policy.statements.filter { $0.effect == .deny } }

  private func others(_ statement: Policy.Statement) -> [OtherPrincipal] {
    // AWS rejects NotPrincipal in a trust policy, and its entries are who is left out.
    guard let principal = statement.principal, !principal.isNegated else { return [] }
    return principal.entries.compactMap { entry in
      guard entry.text.value != subject.session.description, let kind = kind(entry), allows(statement, entry)
      else { return nil }
      return OtherPrincipal(
        principal: entry.text.value, statement: statement.index, position: entry.text.position,
        conditions: statement.conditions, kind: kind,
        isUnrestricted: !mayBeOwn(kind, entry) && isUnrestricted(statement, entry))
    }
  }

  /// The kind of a principal; nil if it matches no principal that exists.
  private func kind(_ entry: Policy.PrincipalEntry) -> OtherPrincipal.Kind? {
    if entry.kind == .aws, case .arn(let arn) = PrincipalName(entry.text.value) {
      guard PrincipalName.isAccepted(entry.text.value) else { return nil }
      if isInfoSumSession(arn) { return .otherICC }
    }
    return OtherPrincipal.Kind(entry, own: [subject.roleARN.flatMap { ARN($0)?.account }])
  }

  /// True if a draft's principal may be of the customer's own account, which is not known yet.
  private func mayBeOwn(_ kind: OtherPrincipal.Kind, _ entry: Policy.PrincipalEntry) -> Bool {
    let account = ARN(entry.text.value)?.account ?? entry.text.value
    return subject.roleARN == nil && kind == .foreign && entry.kind == .aws && account != subject.connector.accountID
  }

  private func isInfoSumSession(_ arn: ARN) -> Bool {
    guard let entity = IAMEntity(arn), entity.kind == .assumedRole, entity.service == "sts" else { return false }
    return entity.account == subject.connector.accountID && entity.name == subject.connector.roleName
  }

  /// True if the statement may let the principal assume the role, whatever the others deny.
  private func allows(_ statement: Policy.Statement, _ entry: Policy.PrincipalEntry) -> Bool {
    let action = Self.action(entry)
    guard let principal = principal(entry) else {
      return PolicyEvaluator.names(action, in: statement)
    }
    return evaluate(principal, action, statement, entry, externalID: .unknown) != .deny
  }

  /// True if the principal can assume the role without an external ID, or with any, and without
  /// meeting a condition that is about itself.
  private func isUnrestricted(_ statement: Policy.Statement, _ entry: Policy.PrincipalEntry) -> Bool {
    guard let principal = principal(entry) else {
      return entry.kind == .federated && !statement.conditions.contains(where: Self.restrictsFederation)
    }
    let ids: [RequestContext.Knowledge] = [.absent, .value("any-external-id")]
    return ids.contains { evaluate(principal, Self.action(entry), statement, entry, externalID: $0) == .allow }
  }

  private static func action(_ entry: Policy.PrincipalEntry) -> String {
    guard entry.kind == .federated else { return "sts:AssumeRole" }
    return entry.text.value.contains(":saml-provider/") ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity"
  }

  /// True if a condition limits an identity provider's users: by its audience or its subject, to
  /// values that are not all.
  private static func restrictsFederation(_ condition: Policy.Condition) -> Bool {
    let key = condition.key.lowercased()
    guard key.hasSuffix(":aud") || key.hasSuffix(":sub"), let test = condition.test else { return false }
    return !test.isNegated && !test.ifExists && test.qualifier != .forAllValues && test.comparison != .null
      && !condition.values.contains { $0.value == "*" }
  }

  /// The answer of the statement, for this entry only, and of all Deny statements: the work grows
  /// with the number of entries, and other statements answer for themselves.
  private func evaluate(
    _ principal: RequestPrincipal, _ action: String, _ statement: Policy.Statement, _ entry: Policy.PrincipalEntry,
    externalID: RequestContext.Knowledge
  ) -> PolicyDecision.Answer {
    var allowing = statement
    allowing.principal?.entries = [entry]
    var policy = policy
    policy.statements = denials + [allowing]
    var context = RequestContext(budget: subject.budget)
    context["sts:ExternalId"] = externalID
    context["aws:SecureTransport"] = .value("true")
    context["aws:PrincipalIsAWSService"] = .value("false")
    context["aws:PrincipalAccount"] = .value(principal.account)
    context["aws:CurrentTime"] = .value(String(subject.now.milliseconds / 1_000))
    context["aws:EpochTime"] = context["aws:CurrentTime"]
    return PolicyEvaluator.evaluate(
      policy, PolicyRequest(principal: principal, action: action, context: context)
    ).answer
  }

  /// A caller that the entry names; nil for services and identity providers.
  private func principal(_ entry: Policy.PrincipalEntry) -> RequestPrincipal? {
    guard entry.kind == .aws else { return nil }
    let partition = subject.connector.partition
    func anyone(in account: String) -> RequestPrincipal {
      RequestPrincipal(
        partition: partition, account: account, roleARN: "arn:\(partition):iam::\(account):role/any-role",
        sessionARN: "arn:\(partition):sts::\(account):assumed-role/any-role/any-session")
    }
    switch PrincipalName(entry.text.value) {
    case .everyone: return anyone(in: "000000000000")
    case .account(let account): return anyone(in: account)
    case .arn(let arn) where arn.resource == "root":
      var caller = anyone(in: arn.account)
      caller.partition = arn.partition
      return caller
    case .arn(let arn):
      return RequestPrincipal(
        partition: arn.partition, account: arn.account, roleARN: arn.description, sessionARN: arn.description)
    case .uniqueID, .other: return nil
    }
  }
}

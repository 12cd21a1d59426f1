import AWSPolicy
import JSON
import Registry

/// The check of a trust policy: four probes, the other principals it allows, and the findings that
/// explain both.
struct TrustCheck {
  /// The results of the probes.
  struct Probes {
    var right: PolicyDecision
    var none: PolicyDecision
    var wrong: PolicyDecision
    var otherSession: PolicyDecision

    var verdict: PolicyCheckResult.Verdict {
      let mustFail = [none, wrong, otherSession].map(\.answer)
      if mustFail.contains(.allow) { return .unsafe }
      if right.answer == .deny { return .blocked }
      return right.answer == .unknown || mustFail.contains(.unknown) ? .undetermined : .works
    }
  }

  let subject: PolicyCheckSubject

  init(_ subject: PolicyCheckSubject) {
    self.subject = subject
  }

  func check(_ pasted: PastedPolicy) -> PolicyCheckResult.Part {
    guard let document = pasted.document else {
      var part = part(.blocked, nil, [])
      if pasted.isUnreadable { part.corrected = TrustCorrection(self).grantDocument }
      return part
    }
    let (policy, errors) = PolicyParser.parse(document, as: .trust)
    let grammarFindings = StorageStatements(policy).findings(replacing: errors.asCheckFindings)
    if PolicySizeLimit.size(of: document) > PolicySizeLimit.maxTrustPolicy {
      return part(.blocked, nil, grammarFindings)
    }
    if let wrongKind = WrongPolicyKind.finding(policy, pastedAs: .trust) {
      return part(.blocked, nil, [wrongKind] + grammarFindings.filter { !$0.isRejectedByAWS })
    }
    let isRejected = grammarFindings.contains(where: \.isRejectedByAWS)
    return judge(document, policy, grammarFindings, isRejected)
  }

  private func judge(
    _ document: JSONValue, _ policy: Policy, _ grammarFindings: [CheckFinding], _ isRejected: Bool
  ) -> PolicyCheckResult.Part {
    let probes = probe(policy)
    let others = OtherPrincipals(subject: subject, policy: policy).all
    let verdict = isRejected ? .blocked : Self.verdict(probes, others)
    var findings = TrustFindings(subject, policy, probes, others).all
    if !isRejected, verdict != .works, !findings.contains(where: { $0.severity != .info }) {
      findings.append(fallback(verdict, probes, policy))
    }
    var part = part(verdict, isRejected ? nil : probes, Self.causes(grammarFindings, findings))
    part.others = others
    part.siblings = subject.siblings.map { ($0, serves($0, policy)) }
    if verdict != .works { part.corrected = TrustCorrection(self).correct(document) }
    return part
  }

  /// Returns the findings without those that follow from another: AWS's error for a principal that
  /// was meant to be InfoSum's session, and what is missing only because it could not be read.
  private static func causes(_ grammarFindings: [CheckFinding], _ findings: [CheckFinding]) -> [CheckFinding] {
    let explained = Set(findings.filter { $0.severity == .error }.compactMap(\.position))
    let rejected = grammarFindings.filter(\.isRejectedByAWS)
    let unreadable = Set(rejected.compactMap(\.position))
    let isIncomplete = rejected.contains { $0.code.hidesPrincipals || $0.position?.isInPrincipal == true }
    return grammarFindings.filter { !$0.code.isAboutPrincipal || $0.position.map(explained.contains) != true }
      + findings.filter { finding in
        if finding.code == .trust(.noStatementForInfoSum) { return !isIncomplete }
        if finding.code == .trust(.externalIDEmpty) { return finding.position.map(unreadable.contains) != true }
        return !finding.follows(from: rejected)
      }
  }

  /// The verdict on a document.
  func verdict(_ document: JSONValue) -> PolicyCheckResult.Verdict {
    let (policy, grammarFindings) = PolicyParser.parse(document, as: .trust)
    if grammarFindings.contains(where: \.isRejectedByAWS) { return .blocked }
    return Self.verdict(probe(policy), OtherPrincipals(subject: subject, policy: policy).all)
  }

  private static func verdict(_ probes: Probes, _ others: [OtherPrincipal]) -> PolicyCheckResult.Verdict {
    others.contains(where: \.isUnsafe) ? .unsafe : probes.verdict
  }

  /// Evaluates the policy for each probe.
  func probe(_ policy: Policy) -> Probes {
    let own = subject.session
    var other = own
    other.resource += "-of-another-customer"
    func evaluate(_ session: ARN, _ context: RequestContext) -> PolicyDecision {
      PolicyEvaluator.evaluate(
        policy, PolicyRequest(principal: principal(session), action: "sts:AssumeRole", context: context))
    }
    let wrong = wrongIDs.map { evaluate(own, subject.trustContext(externalID: $0)) }
    return Probes(
      right: evaluate(own, subject.trustContext(externalID: subject.externalID)),
      none: evaluate(own, subject.trustContext(externalID: nil)),
      wrong: wrong.first { $0.answer == .allow } ?? wrong[0],
      otherSession: evaluate(other, subject.trustContext(externalID: subject.externalID, isOwnSession: false)))
  }

  /// True if the policy lets another ICC of the organisation assume the role.
  func serves(_ sibling: PolicyCheckSubject.Sibling, _ policy: Policy) -> Bool {
    var other = subject
    other.sessionName = sibling.sessionName
    return sibling.externalIDs.prefix(1).allSatisfy { id in
      PolicyEvaluator.evaluate(
        policy,
        PolicyRequest(
          principal: principal(other.session), action: "sts:AssumeRole", context: other.trustContext(externalID: id))
      ).answer == .allow
    }
  }

  private func principal(_ session: ARN) -> RequestPrincipal {
    RequestPrincipal(
      partition: subject.connector.partition, account: subject.connector.accountID, roleARN: subject.connectorRole,
      sessionARN: session.description)
  }

  /// Two values that no ICC has, so that no policy accepts both by chance.
  private var wrongIDs: [String] {
    ["wrong-external-id-" + String(subject.externalID.reversed()), "0"]
  }

  private func part(
    _ verdict: PolicyCheckResult.Verdict, _ probes: Probes?, _ findings: [CheckFinding]
  ) -> PolicyCheckResult.Part {
    let answers = [probes?.right, probes?.none, probes?.wrong, probes?.otherSession]
    let names = ["rightExternalId", "noExternalId", "wrongExternalId", "otherSession"]
    let unknown = answers.flatMap { $0?.unknownKeys ?? [] }.removingDuplicates()
    return PolicyCheckResult.Part(
      verdict: verdict, probes: zip(names, answers).map { ($0, $1?.answer ?? .deny) }, findings: findings,
      assumptions: unknown)
  }

  private func fallback(_ verdict: PolicyCheckResult.Verdict, _ probes: Probes, _ policy: Policy) -> CheckFinding {
    let deciding = [probes.none, probes.wrong, probes.otherSession].first { $0.answer == .allow }
    let index = (deciding ?? probes.right).deciding.first
    let position = policy.statements.first { $0.index == index }?.position
    switch verdict {
    case .unsafe:
      return CheckFinding(
        .trust(.tooOpen), .error, at: position,
        "This statement allows more than InfoSum's session with the right external ID.")
    case .undetermined:
      return CheckFinding(
        .trust(.undetermined), .warning, at: position,
        "Whether InfoSum can assume the role depends on values the registry cannot see.")
    case .blocked, .works:
      return CheckFinding(
        .trust(.nothingAllows), .error, at: position, "No statement allows InfoSum's session.",
        hint: "Add the statement of this ICC's trust policy.")
    }
  }
}

extension FindingCode {
  /// True if the grammar does not know a principal.
  fileprivate var isAboutPrincipal: Bool {
    [.policy(.principalMalformed), .policy(.principalWildcard)].contains(self)
  }

  /// True if the document has no statements that could be read.
  fileprivate var hidesPrincipals: Bool {
    [
      .policy(.notAnObject), .policy(.statementMissing), .policy(.elementCase), .policy(.effect),
      .policy(.effectMissing),
    ].contains(self)
  }
}

extension PolicyPosition {
  /// True if it is inside the element `Principal` or `NotPrincipal` of a statement.
  fileprivate var isInPrincipal: Bool {
    pointer.description.split(separator: "/").dropFirst().contains { $0.hasSuffix("Principal") }
  }
}

extension CheckFinding {
  /// True if it is missing only because AWS rejects the element that would have it.
  fileprivate func follows(from rejected: [CheckFinding]) -> Bool {
    guard let path = position?.pointer.description else { return false }
    let element: String
    switch code {
    case .trust(.externalIDMissing): element = path + "/Condition"
    case .trust(.actionMissing): element = path
    default: return false
    }
    return rejected.compactMap { $0.position?.pointer.description }
      .contains { $0 == element || $0.hasPrefix(element + "/") }
  }
}

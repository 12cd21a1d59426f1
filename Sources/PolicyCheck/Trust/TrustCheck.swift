import AWSPolicy
import JSON
import Registry

/// The check of a trust policy: four probes, and what explains them.
struct TrustCheck {
  /// The answers of the probes.
  struct Probes {
    var right: PolicyDecision
    var none: PolicyDecision
    var wrong: PolicyDecision
    var otherSession: PolicyDecision
    /// Somebody of another account, who is not InfoSum, with no external ID.
    var stranger: PolicyDecision

    var verdict: PolicyCheckResult.Verdict {
      let mustFail = [none, wrong, otherSession, stranger].map(\.answer)
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
    guard let document = pasted.document else { return part(.blocked, nil, []) }
    let (policy, errors) = PolicyParser.parse(document, as: .trust)
    let faults = errors.asCheckFindings
    let probes = probe(policy)
    let isRefused = faults.contains(where: \.isRejectedByAWS)
    let verdict = isRefused ? .blocked : probes.verdict
    var findings =
      WrongPolicyKind.finding(policy, pastedAs: .trust).map { [$0] } ?? TrustFindings(subject, policy, probes).all
    if !isRefused, verdict != .works, !findings.contains(where: { $0.severity != .info }) {
      findings.append(fallback(verdict, probes, policy))
    }
    var part = part(verdict, isRefused ? nil : probes, faults + findings)
    if verdict != .works { part.corrected = TrustCorrection(subject).correct(document) }
    return part
  }

  /// Asks the policy with each probe.
  func probe(_ policy: Policy) -> Probes {
    let session = subject.session
    let own = principal(session.description)
    let other = principal(otherSession.description)
    func evaluate(_ principal: RequestPrincipal, _ context: RequestContext) -> PolicyDecision {
      PolicyEvaluator.evaluate(
        policy, PolicyRequest(principal: principal, action: "sts:AssumeRole", context: context))
    }
    var othersContext = subject.trustContext(externalID: subject.externalID)
    othersContext["sts:RoleSessionName"] = .unknown
    let wrong = wrongIDs(policy).map { evaluate(own, subject.trustContext(externalID: $0)) }
    return Probes(
      right: evaluate(own, subject.trustContext(externalID: subject.externalID)),
      none: evaluate(own, subject.trustContext(externalID: nil)),
      wrong: wrong.first { $0.answer == .allow } ?? wrong[0],
      otherSession: evaluate(other, othersContext),
      stranger: evaluate(stranger, strangerContext))
  }

  private func principal(_ session: String) -> RequestPrincipal {
    RequestPrincipal(
      partition: subject.connector.partition, account: subject.connector.accountID, roleARN: subject.connectorRole,
      sessionARN: session)
  }

  private var otherSession: ARN {
    var session = subject.session
    session.resource += "-of-another-customer"
    return session
  }

  private var stranger: RequestPrincipal {
    RequestPrincipal(
      partition: subject.connector.partition, account: "000000000000",
      roleARN: "arn:\(subject.connector.partition):iam::000000000000:role/stranger",
      sessionARN: "arn:\(subject.connector.partition):sts::000000000000:assumed-role/stranger/stranger")
  }

  private var strangerContext: RequestContext {
    var context = subject.trustContext(externalID: nil)
    context["aws:PrincipalArn"] = .value(stranger.roleARN)
    context["aws:PrincipalAccount"] = .value(stranger.account)
    context["aws:PrincipalOrgID"] = .value("o-stranger")
    context["sts:RoleSessionName"] = .value("stranger")
    return context
  }

  /// Two values that nobody was given, so that no policy names both by chance.
  private func wrongIDs(_ policy: Policy) -> [String] {
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
      assumptions: unknown, corrected: nil)
  }

  private func fallback(
    _ verdict: PolicyCheckResult.Verdict, _ probes: Probes, _ policy: Policy
  ) -> CheckFinding {
    let deciding = [probes.none, probes.wrong, probes.otherSession, probes.stranger].first { $0.answer == .allow }
    let index = (deciding ?? probes.right).deciding.first
    let position = policy.statements.first { $0.index == index }?.position
    switch verdict {
    case .unsafe:
      return CheckFinding(
        .trust(.tooOpen), .error, at: position,
        "This statement lets in more than InfoSum's session with the right external ID.")
    case .undetermined:
      return CheckFinding(
        .trust(.undetermined), .warning, at: position,
        "Whether this lets InfoSum in turns on what the registry cannot know.")
    case .blocked, .works:
      return CheckFinding(.trust(.nothingAllows), .error, at: position, "No statement lets InfoSum's session in.")
    }
  }
}

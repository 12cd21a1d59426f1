/// Evaluates policies for a request: an explicit Deny wins, no match denies, and a result that
/// depends on unknown values is undetermined.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package enum PolicyEvaluator {
  /// The decision of one policy. A policy without principals is taken as attached to the caller.
  package static func evaluate(_ policy: Policy, _ request: PolicyRequest) -> PolicyDecision {
    let traces = policy.statements.map { trace($0, policy, request) }
    return decide(traces, policy)
  }

  /// True if one condition of a policy holds in a context.
  package static func holds(_ condition: Policy.Condition, of policy: Policy, in context: RequestContext) -> TriState {
    ConditionEvaluator(context: context, supportsVariables: policy.supportsVariables).holds(condition)
  }

  /// True if a statement's `Action` or `NotAction` covers an action.
  package static func names(_ action: String, in statement: Policy.Statement) -> Bool {
    Self.action(statement.action, action, StepBudget()) == .yes
  }

  /// The decision of a policy of the caller together with the policy of the resource. In one
  /// account either may allow; across accounts both must. A Deny in either wins.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
  package static func combine(
    identity: PolicyDecision, resource: PolicyDecision, sameAccount: TriState
  ) -> PolicyDecision.Answer {
    let decisions = [identity, resource]
    let denied = decisions.anyIs(\.explicitDeny)
    if denied == .yes { return .deny }
    let both = decisions.allAre(allows)
    let either = decisions.anyIs(allows)
    let allowed: TriState
    switch sameAccount {
    case .yes: allowed = either
    case .no: allowed = both
    case .unknown: allowed = both == either ? both : .unknown
    }
    switch allowed {
    case .no: return .deny
    case .unknown: return .unknown
    case .yes: return denied == .no ? .allow : .unknown
    }
  }

  private static func allows(_ decision: PolicyDecision) -> TriState {
    switch decision.answer {
    case .allow: .yes
    case .deny: .no
    case .unknown: .unknown
    }
  }

  private static func decide(_ traces: [PolicyDecision.Trace], _ policy: Policy) -> PolicyDecision {
    func those(_ effect: PolicyEffect, _ state: TriState) -> [Int] {
      traces.indices.filter { traces[$0].effect == effect && traces[$0].applies == state }
    }
    let denying = those(.deny, .yes)
    let allowing = those(.allow, .yes)
    let perhapsAllowing = those(.allow, .unknown)
    let perhapsDenying = those(.deny, .unknown)
    let explicitDeny: TriState = !denying.isEmpty ? .yes : perhapsDenying.isEmpty ? .no : .unknown
    func decision(_ answer: PolicyDecision.Answer, _ deciding: [Int]) -> PolicyDecision {
      PolicyDecision(
        answer: answer, explicitDeny: explicitDeny, deciding: deciding.map { traces[$0].statement }, traces: traces,
        unknownKeys: answer == .unknown ? unknownKeys(deciding.map { traces[$0] }, policy) : [])
    }
    if explicitDeny == .yes { return decision(.deny, denying) }
    if allowing.isEmpty, perhapsAllowing.isEmpty { return decision(.deny, perhapsDenying) }
    if explicitDeny == .unknown { return decision(.unknown, perhapsDenying) }
    return allowing.isEmpty ? decision(.unknown, perhapsAllowing) : decision(.allow, allowing)
  }

  private static func unknownKeys(_ traces: [PolicyDecision.Trace], _ policy: Policy) -> [String] {
    let statements = Dictionary(policy.statements.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
    return traces.flatMap { trace in
      zip(statements[trace.statement]?.conditions ?? [], trace.conditions).filter { $1 == .unknown }.map(\.0.key)
    }.removingDuplicates()
  }

  private static func trace(
    _ statement: Policy.Statement, _ policy: Policy, _ request: PolicyRequest
  ) -> PolicyDecision.Trace {
    let budget = request.context.budget
    budget.spend(1 + (statement.principal?.entries.count ?? 0) + statement.conditions.count)
    guard !budget.isExhausted else { return undecided(statement) }
    let evaluator = ConditionEvaluator(context: request.context, supportsVariables: policy.supportsVariables)
    return PolicyDecision.Trace(
      statement: statement.index, effect: statement.effect,
      principal: statement.principal.map { PrincipalMatcher.matches($0, request.principal) } ?? .yes,
      action: action(statement.action, request.action, budget),
      resource: resource(statement.resource, request, supportsVariables: policy.supportsVariables),
      conditions: statement.conditions.map(evaluator.holds))
  }

  /// The trace of a statement that is not evaluated any more.
  private static func undecided(_ statement: Policy.Statement) -> PolicyDecision.Trace {
    PolicyDecision.Trace(
      statement: statement.index, effect: statement.effect, principal: .unknown, action: .unknown,
      resource: .unknown, conditions: statement.conditions.map { _ in .unknown })
  }

  private static func action(_ element: Policy.Element?, _ action: String, _ budget: StepBudget) -> TriState {
    guard let element else { return .no }
    let wanted = WildcardPattern.lowercased(WildcardPattern.scalars(action))
    let named = element.values.contains { text in
      WildcardPattern(units: WildcardPattern.lowercased(WildcardPattern(text.value).units)).matches(wanted, budget)
    }
    return TriState(named != element.isNegated)
  }

  private static func resource(
    _ element: Policy.Element?, _ request: PolicyRequest, supportsVariables: Bool
  ) -> TriState {
    guard let resource = request.resource else { return .yes }
    guard let element else { return .no }
    let text = WildcardPattern.scalars(resource)
    let named = element.values.anyIs { value in
      if value.value == "*" { return .yes }
      request.context.budget.spend(value.value.utf8.count)
      if request.context.budget.isExhausted { return .unknown }
      switch PolicyTemplate(value.value, variables: supportsVariables, wildcards: true).resolve(request.context) {
      case .unknownVariable: return .unknown
      case .missingVariable: return element.isNegated ? .unknown : .no
      case .pattern(let pattern): return TriState(pattern.completedARN.matchesARN(text, request.context.budget))
      }
    }
    return element.isNegated ? !named : named
  }
}

import AWSPolicy
import JSON

/// The customer's own trust policy with the least change that makes it work and safe.
struct TrustCorrection {
  let subject: PolicyCheckSubject
  let check: TrustCheck

  init(_ subject: PolicyCheckSubject) {
    self.subject = subject
    check = TrustCheck(subject)
  }

  /// The document repaired; `nil` if no change that is made here mends it.
  func correct(_ document: JSONValue) -> JSONValue? {
    let repaired = PolicyRepairer.repair(document, as: .trust)
    // A document beyond the greatest length cannot be stored, and taking a statement's words apart would not shorten it.
    let isShort = PolicySizeLimit.size(of: repaired) <= PolicySizeLimit.maxTrustPolicy
    var attempts = isShort ? [edited(repaired), edited(repaired, keepingAimed: false)] : []
    if !hasOtherStatements(repaired) { attempts.append(PolicyDocument.trust([grant]).json) }
    let corrected = attempts.compactMap { $0 }.first(where: isRepaired)
    return corrected == document ? nil : corrected
  }

  var grant: TrustGrant {
    TrustGrant(principal: subject.session.description, externalIDs: subject.externalIDs)
  }

  func verdict(_ document: JSONValue) -> PolicyCheckResult.Verdict {
    let (policy, errors) = PolicyParser.parse(document, as: .trust)
    let faults = errors.asCheckFindings
    return faults.contains(where: \.isRejectedByAWS) ? .blocked : check.probe(policy).verdict
  }

  /// A condition that cannot be told may be the customer's own wall; it is left standing.
  private func isRepaired(_ document: JSONValue) -> Bool {
    let (policy, errors) = PolicyParser.parse(document, as: .trust)
    let faults = errors.asCheckFindings
    guard !faults.contains(where: { $0.severity == .error }) else { return false }
    let probes = check.probe(policy)
    return [.works, .undetermined].contains(probes.verdict)
      && !TrustFindings(subject, policy, probes).all.contains { $0.severity == .error }
  }

  /// Whether any statement is not InfoSum's: such a one is not thrown away with the rest.
  private func hasOtherStatements(_ document: JSONValue) -> Bool {
    PolicyParser.parse(document, as: .trust).policy.statements.contains { statement in
      statement.effect == .deny
        || statement.principal?.entries.contains { !TrustPrincipal($0, subject).isMeantForInfoSum } == true
    }
  }

  private func edited(_ document: JSONValue, keepingAimed: Bool = true) -> JSONValue? {
    guard var result = document.objectValue else { return nil }
    let given = result["Statement"]
    let statements = (given?.arrayValue ?? (given.map { [$0] } ?? [])).map { TrustStatement($0, self) }
    // Where one statement serves InfoSum already, others need not.
    var isServed = keepingAimed && statements.contains(where: \.serves)
    var edited: [JSONValue] = []
    for statement in statements {
      edited += self.edited(statement, keepingAimed: keepingAimed, isServed: &isServed)
    }
    if !isServed { edited.append(grant.statement.json) }
    result["Statement"] = given?.objectValue != nil && edited.count == 1 ? edited[0] : .array(edited)
    return JSONValue(.object(result))
  }

  private func edited(_ statement: TrustStatement, keepingAimed: Bool, isServed: inout Bool) -> [JSONValue] {
    guard let read = statement.read, let object = statement.object else { return [statement.json] }
    if read.effect == .deny { return [JSONValue(.object(exempted(object, statement.policy)))] }
    guard statement.isAimed, !(statement.serves && keepingAimed) else { return [statement.json] }
    if statement.namesOtherSessionOnly, isServed { return [statement.json] }
    let rest = statement.others.isEmpty ? [] : [statement.json(for: statement.others)]
    guard keepingAimed, !isServed else { return rest }
    isServed = true
    if let whole = statement.renamed(self) { return [whole] }
    return rest + [statement.served(self)]
  }

  /// A Deny that hits InfoSum, with the right external ID in it or with an exception for InfoSum's role.
  private func exempted(_ object: JSONObject, _ policy: Policy) -> JSONObject {
    guard let statement = policy.statements.first,
      let trace = check.probe(policy).right.traces.first, trace.applies != .no
    else { return object }
    var result = object
    var conditions = object["Condition"]?.objectValue ?? JSONObject()
    if let condition = statement.conditions.first(where: { $0.isExternalID && $0.test?.isNegated == true }) {
      var keys = conditions[condition.operatorName]?.objectValue ?? JSONObject()
      keys[condition.key] = .oneOrMany(subject.externalIDs)
      conditions[condition.operatorName] = JSONValue(.object(keys))
    } else {
      conditions.except(role: subject.connectorRole)
    }
    result["Condition"] = JSONValue(.object(conditions))
    return result
  }
}

extension JSONObject {
  /// Lets a Deny's condition block pass a role by.
  mutating func except(role: String) {
    let exception = S3ReadGrant.exception(role: role)
    var keys = self[exception.operatorName]?.objectValue ?? JSONObject()
    let name = keys.members.first { $0.name.lowercased() == exception.key.lowercased() }?.name ?? exception.key
    let earlier = keys[name]?.arrayValue ?? (keys[name].map { [$0] } ?? [])
    keys[name] = earlier.isEmpty ? .string(role) : .array(earlier + [.string(role)])
    self[exception.operatorName] = JSONValue(.object(keys))
  }
}

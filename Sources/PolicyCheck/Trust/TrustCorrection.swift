import AWSPolicy
import JSON
import Registry

/// Corrects a trust policy with the smallest change that makes it work and safe.
///
/// It changes or removes only what is meant for this ICC, and otherwise adds. Where the customer's
/// own restrictions make the result uncertain, there is no correction: adding a way around them is
/// not ours to advise.
struct TrustCorrection {
  let check: TrustCheck

  init(_ check: TrustCheck) {
    self.check = check
  }

  private var subject: PolicyCheckSubject { check.subject }

  private var grant: PolicyStatement {
    TrustGrant(principal: subject.session.description, externalIDs: subject.externalIDs).statement
  }

  /// Returns the document with statements for the ICCs on the role that lose access by it: a policy
  /// that was too open let them in too.
  private func servingSiblings(of policy: Policy, _ document: JSONValue) -> JSONValue {
    let edited = PolicyParser.parse(document, as: .trust).policy
    let lost = subject.siblings.filter { check.serves($0, policy) && !check.serves($0, edited) }
    guard !lost.isEmpty, var result = document.objectValue, let given = result["Statement"] else { return document }
    result["Statement"] = .array((given.arrayValue ?? [given]) + lost.map { grant(to: $0).json })
    return JSONValue(.object(result))
  }

  private func grant(to sibling: PolicyCheckSubject.Sibling) -> PolicyStatement {
    var other = subject
    other.sessionName = sibling.sessionName
    return TrustGrant(principal: other.session.description, externalIDs: sibling.externalIDs).statement
  }

  /// The trust policy of the role: this ICC's statement and those of the other ICCs on the role,
  /// which must not lose access if it replaces a text that cannot be read.
  var grantDocument: JSONValue {
    PolicyDocument([grant] + subject.siblings.map(grant(to:))).json
  }

  /// Returns the corrected document; nil if no change made here results in a policy that works.
  func correct(_ document: JSONValue) -> JSONValue? {
    let repaired = PolicyRepairer.repair(document, as: .trust)
    guard PolicySizeLimit.size(of: repaired) <= PolicySizeLimit.maxTrustPolicy, let object = repaired.objectValue else {
      return repaired.objectValue == nil ? grantDocument : nil
    }
    let policy = PolicyParser.parse(repaired, as: .trust).policy
    guard !hasUncertainRestriction(policy) else { return nil }
    let corrected = [edited(object, policy, keepsServing: true), edited(object, policy, keepsServing: false)]
      .map { servingSiblings(of: policy, $0) }.first { check.verdict($0) == .works }
    return corrected == document ? nil : corrected
  }

  /// True if a restriction that the registry cannot evaluate decides whether InfoSum's session is
  /// allowed.
  private func hasUncertainRestriction(_ policy: Policy) -> Bool {
    let traces = check.probe(policy).right.traces
    let namesSession = StatementTraits.namesSession(policy, subject)
    return zip(policy.statements, traces).contains { statement, trace in
      switch statement.effect {
      case .deny: return trace.applies == .unknown
      case .allow:
        let traits = StatementTraits(statement, policyNamesSession: namesSession, subject)
        let isMeant = statement.principal?.entries.contains {
          TrustPrincipal($0, of: traits, subject).isMeantForThisICC
        }
        return isMeant == true
          && zip(statement.conditions, trace.conditions).contains { $1 == .unknown && $0.test != nil }
      case nil: return false
      }
    }
  }

  private func edited(_ document: JSONObject, _ policy: Policy, keepsServing: Bool) -> JSONValue {
    var result = document
    let given = result["Statement"]
    let namesSession = StatementTraits.namesSession(policy, subject)
    let statements = (given?.arrayValue ?? (given.map { [$0] } ?? []))
      .map { TrustStatement($0, check, policyNamesSession: namesSession) }
    // If one statement serves InfoSum already, no other must.
    var isServed = keepsServing && statements.contains(where: \.serves)
    var edited = statements.flatMap { self.edited($0, keepsServing: keepsServing, isServed: &isServed) }
    if !isServed { edited.append(grant.json) }
    result["Statement"] = given?.objectValue != nil && edited.count == 1 ? edited[0] : .array(edited)
    return JSONValue(.object(result))
  }

  private func edited(_ statement: TrustStatement, keepsServing: Bool, isServed: inout Bool) -> [JSONValue] {
    if statement.isAboutOtherActions { return [] }
    guard let parsed = statement.parsed, let object = statement.object else { return [statement.json] }
    if parsed.effect == .deny { return [JSONValue(.object(exempted(object, statement.policy)))] }
    guard statement.isMeantForThisICC, !(statement.serves && keepsServing) else { return [statement.json] }
    let rest = statement.others.isEmpty ? [] : [statement.json(for: statement.others)]
    guard keepsServing, !isServed else { return rest }
    isServed = true
    if let whole = statement.renamed(check) { return [whole] }
    return rest + [statement.served]
  }

  /// A Deny that applies to InfoSum's session, with the right external ID added or with an
  /// exception for InfoSum's role.
  private func exempted(_ object: JSONObject, _ policy: Policy) -> JSONObject {
    guard let statement = policy.statements.first,
      let trace = check.probe(policy).right.traces.first, trace.applies == .yes
    else { return object }
    var result = object
    var conditions = object["Condition"]?.objectValue ?? JSONObject()
    if let condition = statement.conditions.first(where: { $0.isExternalID && $0.test?.isNegated == true }) {
      var keys = conditions[condition.operatorName]?.objectValue ?? JSONObject()
      let values = condition.values.map(\.value).filter { !subject.externalIDs.contains($0) }
      keys[condition.key] = .oneOrMany(values.filter(isOtherICCs) + subject.externalIDs)
      conditions[condition.operatorName] = JSONValue(.object(keys))
    } else {
      conditions.addException(role: subject.connectorRole)
    }
    result["Condition"] = JSONValue(.object(conditions))
    return result
  }

  /// True if an external ID may belong to another ICC or vendor: every value that is not a near
  /// miss of this ICC's.
  private func isOtherICCs(_ value: String) -> Bool {
    !ExternalIDFindings.isNear(value, subject)
  }
}

extension JSONObject {
  /// Makes a Deny's condition block not apply to a role: adds the role to the exceptions that it
  /// has, or an exception.
  mutating func addException(role: String) {
    let exception = S3ReadGrant.exception(role: role)
    let key = exception.key.lowercased()
    let operators = ["ArnNotEquals", "ArnNotLike", "StringNotEquals", "StringNotLike", "StringNotEqualsIgnoreCase"]
    let earlier = operators.first { name in
      self[name]?.objectValue?.members.contains { $0.name.lowercased() == key } == true
    }
    let operatorName = earlier ?? exception.operatorName
    var keys = self[operatorName]?.objectValue ?? JSONObject()
    let name = keys.members.first { $0.name.lowercased() == key }?.name ?? exception.key
    let values = keys[name]?.arrayValue ?? (keys[name].map { [$0] } ?? [])
    keys[name] = values.isEmpty ? .string(role) : .array(values + [.string(role)])
    self[operatorName] = JSONValue(.object(keys))
  }
}

import AWSPolicy
import JSON

/// The customer's own trust policy with the least change that makes it work and safe.
struct TrustCorrection {
  private let subject: PolicyCheckSubject
  private let check: TrustCheck

  init(_ subject: PolicyCheckSubject) {
    self.subject = subject
    check = TrustCheck(subject)
  }

  /// The document mended; `nil` if no change that is made here mends it.
  func correct(_ document: JSONValue) -> JSONValue? {
    // A document beyond the greatest length cannot be stored whatever is mended in it.
    guard let object = document.objectValue, PolicySizeLimit.size(of: document) <= PolicySizeLimit.trustPolicyIncreased
    else { return fresh.json }
    let attempts = [mended(object), mended(object, keepingAimed: false), fresh.json]
    // A condition that cannot be told may be the customer's own wall; it is left standing.
    let mended = attempts.first { [.works, .undetermined].contains(verdict($0)) }
    return mended == document ? nil : mended
  }

  private var fresh: PolicyDocument { .trust([grant]) }
  private var grant: TrustGrant {
    TrustGrant(principal: subject.session.description, externalIDs: subject.externalIDs)
  }

  private func verdict(_ document: JSONValue) -> PolicyCheckResult.Verdict {
    let (policy, faults) = PolicyParser.parse(document, as: .trust)
    return faults.contains(where: \.isRefusedByAWS) ? .blocked : check.probe(policy).verdict
  }

  private func mended(_ document: JSONObject, keepingAimed: Bool = true) -> JSONValue {
    var result = spelled(document, ["Version", "Id", "Statement"])
    if result["Version"]?.stringValue != "2008-10-17", result["Version"] != nil { result["Version"] = "2012-10-17" }
    let wasSingle = result["Statement"]?.objectValue != nil
    let statements = result["Statement"]?.arrayValue ?? (result["Statement"].map { [$0] } ?? [])
    var isServed = false
    var mended: [JSONValue] = []
    for statement in statements {
      guard let object = statement.objectValue else { continue }
      mended += self.statement(object, keepingAimed: keepingAimed, isServed: &isServed)
    }
    if !isServed { mended.append(grant.statement.json) }
    result["Statement"] = wasSingle && mended.count == 1 ? mended[0] : .array(mended)
    return JSONValue(.object(result))
  }

  private func statement(_ object: JSONObject, keepingAimed: Bool, isServed: inout Bool) -> [JSONValue] {
    let spelled = spelled(
      object,
      ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"])
    let policy = PolicyParser.parse(["Version": "2012-10-17", "Statement": [JSONValue(.object(spelled))]], as: .trust)
      .policy
    guard let read = policy.statements.first else { return [JSONValue(.object(object))] }
    if read.effect == .deny { return [JSONValue(.object(exempted(spelled, policy)))] }
    let aimed = read.principal?.entries.filter { TrustPrincipal($0, subject).aimsAtInfoSum } ?? []
    let everyone = read.principal?.isEveryone == true
    guard everyone || !aimed.isEmpty || read.principal == nil else { return [JSONValue(.object(object))] }
    let others = read.principal?.entries.filter { !TrustPrincipal($0, subject).aimsAtInfoSum } ?? []
    if verdict(policy.json) == .works {
      isServed = true
      return [JSONValue(.object(object))]
    }
    if isOtherSession(aimed), isServed { return [JSONValue(.object(object))] }
    let rest = others.isEmpty ? [] : [JSONValue(.object(without(spelled, others)))]
    guard keepingAimed else { return rest }
    if isServed { return rest }
    isServed = true
    return rest + [JSONValue(.object(served(spelled, read, policy, isSplit: !others.isEmpty)))]
  }

  private func isOtherSession(_ entries: [Policy.PrincipalEntry]) -> Bool {
    entries.allSatisfy {
      if case .otherSession = TrustPrincipal($0, subject) { return true }
      return false
    }
  }

  /// A statement for InfoSum's session alone, with its own other conditions where they can hold.
  private func served(_ object: JSONObject, _ read: Policy.Statement, _ policy: Policy, isSplit: Bool) -> JSONObject {
    var result = object
    for name in ["NotPrincipal", "Resource", "NotResource"] { result[name] = nil as JSONValue? }
    if isSplit { result["Sid"] = nil as JSONValue? }
    result["Effect"] = "Allow"
    result["Principal"] = ["AWS": .string(subject.session.description)]
    let request = PolicyDocument.trust([grant]).statements[0]
    if !allowsAssuming(read) {
      result["NotAction"] = nil as JSONValue?
      result["Action"] = request.json["Action"]
    }
    result["Condition"] = conditions(read, policy)
    return result
  }

  private func allowsAssuming(_ read: Policy.Statement) -> Bool {
    guard let action = read.action, !action.isNegated, !action.values.isEmpty else { return false }
    return action.values.allSatisfy { $0.value.lowercased().hasPrefix("sts:") }
      && action.values.contains { ["sts:assumerole", "sts:*", "sts:assumerole*"].contains($0.value.lowercased()) }
  }

  private func conditions(_ read: Policy.Statement, _ policy: Policy) -> JSONValue {
    let context = subject.trustContext(externalID: subject.externalID)
    var kept: [PolicyCondition] = []
    var isPlaced = false
    let wanted = PolicyCondition("StringEquals", "sts:ExternalId", subject.externalIDs)
    for condition in read.conditions {
      if condition.isExternalID {
        if !isPlaced { kept.append(wanted) }
        isPlaced = true
      } else if PolicyEvaluator.holds(condition, of: policy, in: context) != .no, condition.test != nil {
        kept.append(PolicyCondition(condition.operatorName, condition.key, condition.values.map(\.value)))
      }
    }
    if !isPlaced { kept.append(wanted) }
    return PolicyStatement(actions: [], conditions: kept).json["Condition"] ?? .null
  }

  /// The statement with the principals that are not InfoSum alone.
  private func without(_ object: JSONObject, _ others: [Policy.PrincipalEntry]) -> JSONObject {
    var result = object
    var principal = JSONObject()
    for entry in others {
      let name = entry.kind.rawValue
      let text = JSONValue.string(entry.text.value)
      switch principal[name]?.content {
      case .array(let earlier): principal[name] = .array(earlier + [text])
      case .string(let earlier): principal[name] = [.string(earlier), text]
      default: principal[name] = text
      }
    }
    result["Principal"] = JSONValue(.object(principal))
    return result
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
      keys[condition.key] =
        subject.externalIDs.count == 1 ? .string(subject.externalID) : .array(subject.externalIDs.map { .string($0) })
      conditions[condition.operatorName] = JSONValue(.object(keys))
    } else {
      conditions.except(role: subject.connectorRole)
    }
    result["Condition"] = JSONValue(.object(conditions))
    return result
  }

  /// The members with the spelling that AWS knows.
  private func spelled(_ object: JSONObject, _ names: [String]) -> JSONObject {
    var result = object
    for index in result.members.indices {
      let name = result.members[index].name
      if let right = names.first(where: { $0.lowercased() == name.lowercased() }), result[right] == nil {
        result.members[index].name = right
      }
    }
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

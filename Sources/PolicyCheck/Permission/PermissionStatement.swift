import AWSPolicy
import JSON

/// A statement of a role's policy that is being corrected.
struct PermissionStatement {
  let json: JSONValue
  /// A document of this statement alone, which knows policy variables.
  let policy: Policy

  init(_ json: JSONValue, _ correction: PermissionCorrection) {
    self.json = json
    policy = Self.policy([json])
  }

  static func policy(_ statements: [JSONValue]) -> Policy {
    let document: JSONValue = ["Version": .string(PolicyDocument.version), "Statement": .array(statements)]
    return PolicyParser.parse(document, as: .identity).policy
  }

  var read: Policy.Statement? { policy.statements.first }
  var object: JSONObject? { json.objectValue }

  /// True if it allows by name and not by exception, so that it can be edited word by word.
  var isEditable: Bool {
    guard let read, read.effect == .allow, let action = read.action, let resource = read.resource else { return false }
    return !action.isNegated && !resource.isNegated && !action.values.isEmpty
  }

  var actions: [String] { read?.action?.values.map(\.value) ?? [] }
  var resources: [String] { read?.resource?.values.map(\.value) ?? [] }

  /// True if any of its resources is the bucket, or in it.
  func isAbout(_ bucket: String) -> Bool {
    resources.contains { ARN($0).map { $0.resource == bucket || $0.resource.hasPrefix(bucket + "/") } ?? false }
  }

  func names(_ need: RequiredPermission) -> Bool { names(need.action) }

  func names(_ action: String) -> Bool {
    read.map { PolicyEvaluator.names(action, in: $0) } ?? false
  }

  func replacing(_ name: String, _ values: [String]) -> JSONObject {
    var result = object ?? JSONObject()
    let unique = values.removingDuplicates()
    let wasArray = result[name]?.arrayValue != nil
    result[name] = wasArray ? .array(unique.map { .string($0) }) : .oneOrMany(unique)
    return result
  }

  // MARK: Allow

  /// The statement, which names the action, with its resources and conditions repaired.
  func aimed(at need: RequiredPermission, _ correction: PermissionCorrection) -> PermissionStatement? {
    let aim = ResourceCorrection(need, self, correction.subject)
    guard let values = aim.values, var result = conditioned(for: need, values, correction) else { return nil }
    if values != resources {
      let changed = replacing("Resource", values)
      result["Resource"] = changed["Resource"]
    }
    // Other actions, and those that a wildcard includes, must not get a further resource.
    if values != resources, !hasOnlyImportActions(correction.subject) { return nil }
    return PermissionStatement(JSONValue(.object(result)), correction)
  }

  /// The statement, which is about the resource already, with the action in it.
  func extended(by need: RequiredPermission, _ correction: PermissionCorrection) -> PermissionStatement? {
    guard need.resources.allSatisfy(resources.contains),
      actions.allSatisfy({ $0.lowercased().hasPrefix(need.service) }),
      resources.allSatisfy({ need.resources.contains($0) || !need.canApply(to: $0) })
    else { return nil }
    return PermissionStatement(JSONValue(.object(replacing("Action", actions + [need.action]))), correction)
  }

  /// The statement without the conditions that cannot hold, and with the right one on the prefix;
  /// `nil` where another action of the statement would be set free by that.
  private func conditioned(
    for need: RequiredPermission, _ resources: [String], _ correction: PermissionCorrection
  ) -> JSONObject? {
    guard var result = object, let read, let question = need.all.first else { return object }
    guard let trace = correction.probes.evaluate(policy, question).traces.first else { return nil }
    let wrong = zip(read.conditions, trace.conditions).filter { $1 == .no }.map(\.0)
    let prefixes = wrong.filter { $0.key.lowercased() == "s3:prefix" }
    // The listing of another prefix may be in use: this ICC's gets a statement of its own.
    let isMeant = prefixes.allSatisfy { $0.values.allSatisfy { correction.subject.isMeantAsPrefix($0.value) } }
    if need.isListing, !isMeant { return nil }
    if !prefixes.isEmpty, !need.isListing, names("s3:ListBucket") { return nil }
    // Without its condition, a statement about more than the import would allow more.
    guard wrong.isEmpty || isOnlyForImport(correction.subject) else { return nil }
    let right =
      need.isListing && (!prefixes.isEmpty || listsOnly(need, resources)) ? need.statement.conditions.first : nil
    guard !wrong.isEmpty || right != nil else { return result }
    let repaired = Self.block(result["Condition"]?.objectValue ?? JSONObject(), without: wrong, with: right)
    result["Condition"] = repaired.isEmpty ? nil as JSONValue? : JSONValue(.object(repaired))
    return result
  }

  /// True if the statement, with these resources, lists the needed bucket alone, and any prefix of
  /// it: then the condition on the prefix takes nothing away.
  private func listsOnly(_ need: RequiredPermission, _ resources: [String]) -> Bool {
    actions.allSatisfy { $0.lowercased() == "s3:listbucket" }
      && read?.conditions.contains { $0.key.lowercased() == "s3:prefix" } == false
      && resources.allSatisfy { need.resources.contains($0) || !need.canApply(to: $0) }
  }

  /// True if the statement names only actions and resources of this import: objects under another
  /// prefix may be someone else's.
  private func isOnlyForImport(_ subject: PolicyCheckSubject) -> Bool {
    let own = Set(subject.grant.objectARNs + [subject.kmsKeyARN].compactMap(\.self))
    return hasOnlyImportActions(subject)
      && resources.allSatisfy { resource in
        own.contains(resource)
          || ARN(resource).map { $0.resource == subject.bucket || subject.isMeantAsObjects($0) } ?? false
      }
  }

  private func hasOnlyImportActions(_ subject: PolicyCheckSubject) -> Bool {
    let names = ["s3:listbucket", "s3:getobject"] + (subject.kmsKeyARN == nil ? [] : ["kms:decrypt"])
    return actions.allSatisfy { names.contains($0.lowercased()) }
  }

  /// True if nothing is lost where the resource that an import needs replaces one of the bucket's:
  /// it grants nothing to the statement's actions, or it was meant to be the one that is needed.
  func isReplaceable(_ resource: String, _ need: RequiredPermission, _ subject: PolicyCheckSubject) -> Bool {
    guard let arn = ARN(resource), hasOnlyImportActions(subject) else { return false }
    if !arn.region.isEmpty || !arn.account.isEmpty || arn.partition != subject.grant.partition { return true }
    let isObject = arn.resource.contains("/")
    if isObject, names("s3:GetObject") {
      return subject.isMeantAsObjects(arn) && !subject.grant.objectARNs.contains(resource)
    }
    return isObject || !names("s3:ListBucket")
  }

  /// A condition block with one condition in the position of those that are wrong. It is built in
  /// one pass: a statement may have thousands of conditions.
  private static func block(
    _ block: JSONObject, without wrong: [Policy.Condition], with right: PolicyCondition?
  ) -> JSONObject {
    let names = Set(wrong.map { [$0.operatorName, $0.key] })
    var result: [JSONObject.Member] = []
    for member in block.members {
      var kept = member
      let keys = (member.value.objectValue ?? JSONObject()).members.filter { !names.contains([member.name, $0.name]) }
      kept.value = JSONValue(.object(JSONObject(members: keys)))
      if !keys.isEmpty || member.name == right?.operatorName { result.append(kept) }
    }
    var repaired = JSONObject(members: result)
    if let right {
      var keys = repaired[right.operatorName]?.objectValue ?? JSONObject()
      if !keys.members.contains(where: { $0.name.lowercased() == right.key.lowercased() }) {
        keys[right.key] = .oneOrMany(right.values)
      }
      repaired[right.operatorName] = JSONValue(.object(keys))
    }
    repaired.members.removeAll { $0.value.objectValue?.isEmpty == true }
    return repaired
  }
}

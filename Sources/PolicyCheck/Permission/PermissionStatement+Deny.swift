import AWSPolicy
import JSON

extension PermissionStatement {
  /// Returns a Deny that blocks the import as statements that together deny the same, except what
  /// the import needs, to the customer's role. A draft's role is not known, so its Deny stays.
  func narrowed(_ correction: PermissionCorrection) -> [PermissionStatement] {
    let blocked = RequiredPermission.all(correction.subject).compactMap { need in
      need.limited { applies($0, correction) }
    }
    guard !blocked.isEmpty, let role = correction.subject.roleARN, let read, let object else { return [self] }
    func statement(_ object: JSONObject) -> PermissionStatement {
      PermissionStatement(JSONValue(.object(object)), correction)
    }
    if read.resource?.isNegated == true || resources.contains("*") {
      let own = blocked.flatMap(\.resources)
      return [statement(outside(own))] + statement(inside(own)).narrowed(correction)
    }
    // Nothing is left for the first statement, or IAM has no words for it.
    guard let rest = rest(blocked), rest["Action"]?.arrayValue?.isEmpty != true else {
      return [statement(object.excepting(role))]
    }
    return [statement(rest), statement(only(blocked).excepting(role))]
  }

  private func applies(_ question: StorageProbes.Probe, _ correction: PermissionCorrection) -> Bool {
    correction.probes.evaluate(policy, question).traces.first.map { $0.applies == .yes } ?? false
  }

  private var isOnS3: Bool { !resources.isEmpty && resources.allSatisfy { ARN($0)?.service == "s3" } }

  /// The statement about all its resources except the import's.
  private func outside(_ own: [String]) -> JSONObject {
    read?.resource?.isNegated == true
      ? replacing("NotResource", resources + own) : renamed("Resource", "NotResource", own)
  }

  /// The statement about the import's resources only.
  private func inside(_ own: [String]) -> JSONObject {
    var result =
      read?.resource?.isNegated == true ? renamed("NotResource", "Resource", own) : replacing("Resource", own)
    result["Sid"] = nil as JSONValue?
    return result
  }

  /// The statement without the actions that the import needs; nil if IAM has no words for it: a
  /// wildcard such as `s3:Get*` cannot be limited.
  private func rest(_ blocked: [RequiredPermission]) -> JSONObject? {
    let names = blocked.map(\.action)
    if read?.action?.isNegated == true { return replacing("NotAction", actions + names) }
    // NotAction also covers actions of other services, which do not apply to S3's resources.
    if actions.contains("*") || actions.contains("s3:*") && isOnS3 { return renamed("Action", "NotAction", names) }
    let kept = actions.filter { action in !names.contains { $0.lowercased() == action.lowercased() } }
    guard kept.count == actions.count - blocked.count else { return nil }
    var result = replacing("Action", kept)
    if kept.isEmpty { result["Action"] = [] }
    return result
  }

  /// The statement about the actions that the import needs only.
  private func only(_ blocked: [RequiredPermission]) -> JSONObject {
    let names = blocked.map(\.action)
    var result = read?.action?.isNegated == true ? renamed("NotAction", "Action", names) : replacing("Action", names)
    result["Sid"] = nil as JSONValue?
    return result
  }

  /// Returns the statement with another element in place of one.
  private func renamed(_ name: String, _ newName: String, _ values: [String]) -> JSONObject {
    var result = object ?? JSONObject()
    guard let index = result.members.firstIndex(where: { $0.name == name }) else { return result }
    result.members[index] = .init(name: newName, value: .oneOrMany(values))
    return result
  }
}

extension JSONObject {
  /// Returns the Deny statement with an exception for a role.
  fileprivate func excepting(_ role: String) -> JSONObject {
    var result = self
    var conditions = result["Condition"]?.objectValue ?? JSONObject()
    conditions.addException(role: role)
    result["Condition"] = JSONValue(.object(conditions))
    return result
  }
}

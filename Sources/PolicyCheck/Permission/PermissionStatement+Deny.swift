import AWSPolicy
import JSON

extension PermissionStatement {
  /// Returns a Deny that blocks the import with the narrowest exception for it, as one statement or
  /// two.
  func narrowed(_ correction: PermissionCorrection) -> [PermissionStatement] {
    let needs = RequiredPermission.all(correction.subject)
    let blocked = needs.filter { need in need.all.contains { applies($0, correction) } }
    guard !blocked.isEmpty else { return [self] }
    let role = correction.subject.roleARN
    let attempts =
      read?.conditions.isEmpty == false
      ? [byRole(role).map { [$0] }]
      : [
        byAction(blocked, correction), byException(of: needs), without(blocked, correction.subject.bucket),
      ].map { $0.map { [$0] } } + [byResource(needs, role), byActionsNotMeant(needs).map { [$0] }]
    for attempt in attempts.compactMap({ $0 }) {
      let statements = attempt.map { PermissionStatement(JSONValue(.object($0)), correction) }
      let isPassed = needs.allSatisfy { need in
        !need.all.contains { request in statements.contains { $0.applies(request, correction) } }
      }
      if isPassed { return statements }
    }
    return [self]
  }

  private func applies(_ question: StorageProbes.Probe, _ correction: PermissionCorrection) -> Bool {
    correction.probes.evaluate(policy, question).traces.first.map { $0.applies == .yes } ?? false
  }

  /// Leaves the customer's conditional rule as it is, except for the role.
  private func byRole(_ role: String?) -> JSONObject? {
    guard let role, var result = object else { return nil }
    var conditions = result["Condition"]?.objectValue ?? JSONObject()
    conditions.addException(role: role)
    result["Condition"] = JSONValue(.object(conditions))
    return result
  }

  private var isOnS3: Bool {
    !resources.isEmpty && read?.resource?.isNegated == false && resources.allSatisfy { ARN($0)?.service == "s3" }
  }

  /// Removes the needed actions from a Deny about this bucket; others stay.
  private func byAction(_ blocked: [RequiredPermission], _ correction: PermissionCorrection) -> JSONObject? {
    guard isOnS3, isOnly(about: correction.subject.bucket) else { return nil }
    let kept = remaining(blocked)
    return kept.isEmpty || kept.count == actions.count ? nil : replacing("Action", kept)
  }

  private func remaining(_ blocked: [RequiredPermission]) -> [String] {
    actions.filter { action in !blocked.contains { $0.action.lowercased() == action.lowercased() } }
  }

  /// All of S3 except what an import needs. The resources are S3's, so `NotAction` covers no other
  /// service.
  private func byException(of needs: [RequiredPermission]) -> JSONObject? {
    guard isOnS3, read?.action?.isNegated == false, actions.contains(where: { ["*", "s3:*"].contains($0) })
    else { return nil }
    return renamed("Action", "NotAction", needs.filter { $0.service == "s3:" }.map(\.action))
  }

  /// A Deny about everything, as two statements: one about everything except the import's
  /// resources, and one that denies on these what an import does not need.
  private func byResource(_ needs: [RequiredPermission], _ role: String?) -> [JSONObject]? {
    guard let element = read?.resource, element.isNegated || resources.contains("*"),
      let rest = remainder(needs, role)
    else { return nil }
    let own = needs.map(\.resource)
    if element.isNegated {
      return [replacing("NotResource", resources + own.filter { !resources.contains($0) }), rest]
    }
    return renamed("Resource", "NotResource", own).map { [$0, rest] }
  }

  /// The Deny on the import's resources, without what the import needs; nil if that takes an
  /// exception for the role, and the role is not known.
  private func remainder(_ needs: [RequiredPermission], _ role: String?) -> JSONObject? {
    let own: JSONValue = .oneOrMany(needs.map(\.resource))
    let names = needs.map(\.action)
    var result: JSONObject?
    if read?.action?.isNegated == true {
      result = replacing("NotAction", actions + names)
    } else if actions.contains("*") || actions.contains("s3:*") && needs.allSatisfy({ $0.service == "s3:" }) {
      result = renamed("Action", "NotAction", names)
    } else {
      result = byRole(role)
    }
    result?["Sid"] = nil as JSONValue?
    result?["NotResource"] = nil as JSONValue?
    result?["Resource"] = own
    return result
  }

  /// Returns the statement with another element in place of one.
  private func renamed(_ name: String, _ newName: String, _ values: [String]) -> JSONObject? {
    guard var result = object, let index = result.members.firstIndex(where: { $0.name == name }) else { return nil }
    result.members[index] = .init(name: newName, value: .oneOrMany(values))
    return result
  }

  private func isOnly(about bucket: String) -> Bool {
    read?.resource?.isNegated == false
      && resources.allSatisfy { resource in
        ARN(resource).map { $0.resource == bucket || $0.resource.hasPrefix(bucket + "/") } ?? false
      }
  }

  /// Removes a Deny of exactly what an import needs.
  private func without(_ blocked: [RequiredPermission], _ bucket: String) -> JSONObject? {
    guard isOnly(about: bucket), read?.action?.isNegated == false, remaining(blocked).isEmpty, var result = object
    else { return nil }
    result["Action"] = []
    return result
  }

  /// Adds the needed actions to those that the Deny exempts.
  private func byActionsNotMeant(_ needs: [RequiredPermission]) -> JSONObject? {
    guard read?.action?.isNegated == true else { return nil }
    return replacing("NotAction", actions + needs.map(\.action))
  }
}

import AWSPolicy
import JSON

extension PermissionStatement {
  /// A Deny that stands in the way, made as narrow as it must be and no narrower.
  func narrowed(_ correction: PermissionCorrection) -> PermissionStatement {
    let needs = RequiredPermission.all(correction.subject)
    let blocked = needs.filter { need in need.all.contains { applies($0, correction) } }
    guard !blocked.isEmpty, let read else { return self }
    let narrow = [
      byAction(blocked, correction), byException(of: needs), byResource(needs), excepted(correction),
      without(blocked), byActionsNotMeant(needs),
    ]
    // A Deny with a condition is a wall around something: the role passes it by, and the wall stands.
    let attempts = read.conditions.isEmpty ? narrow : [excepted(correction)] + narrow
    for attempt in attempts.compactMap({ $0 }) {
      let statement = PermissionStatement(JSONValue(.object(attempt)), correction)
      let isPassed = needs.allSatisfy { need in !need.all.contains { statement.applies($0, correction) } }
      if isPassed { return statement }
    }
    return self
  }

  private func applies(_ question: StorageProbes.Probe, _ correction: PermissionCorrection) -> Bool {
    correction.probes.evaluate(policy, question).traces.first.map { $0.applies != .no } ?? false
  }

  private var isOnS3: Bool {
    !resources.isEmpty && read?.resource?.isNegated == false && resources.allSatisfy { ARN($0)?.service == "s3" }
  }

  /// The actions that are named out of a Deny that is about this bucket, and others stay.
  private func byAction(_ blocked: [RequiredPermission], _ correction: PermissionCorrection) -> JSONObject? {
    let bucket = correction.subject.bucket
    let isOfBucket = resources.allSatisfy { resource in
      ARN(resource).map { $0.resource == bucket || $0.resource.hasPrefix(bucket + "/") } ?? false
    }
    guard isOnS3, isOfBucket else { return nil }
    let kept = remaining(blocked)
    return kept.isEmpty || kept.count == actions.count ? nil : replacing("Action", kept)
  }

  private func remaining(_ blocked: [RequiredPermission]) -> [String] {
    actions.filter { action in !blocked.contains { $0.action.lowercased() == action.lowercased() } }
  }

  /// All of S3 but what an import needs: where the resources are S3's, `NotAction` reaches no other service.
  private func byException(of needs: [RequiredPermission]) -> JSONObject? {
    guard isOnS3, read?.action?.isNegated == false, actions.contains(where: { ["*", "s3:*"].contains($0) }),
      var result = object, let index = result.members.firstIndex(where: { $0.name == "Action" })
    else { return nil }
    let names = needs.filter { $0.service == "s3:" }.map(\.action)
    result.members[index] = .init(name: "NotAction", value: .oneOrMany(names))
    return result
  }

  /// Everything but the bucket, where the Deny was of everything.
  private func byResource(_ needs: [RequiredPermission]) -> JSONObject? {
    guard let element = read?.resource, var result = object else { return nil }
    let own = needs.map(\.resource)
    if element.isNegated {
      return replacing("NotResource", resources + own.filter { !resources.contains($0) })
    }
    guard resources.contains("*"), let index = result.members.firstIndex(where: { $0.name == "Resource" }) else {
      return nil
    }
    result.members[index] = .init(name: "NotResource", value: .oneOrMany(own))
    return result
  }

  private func excepted(_ correction: PermissionCorrection) -> JSONObject? {
    guard let role = correction.subject.roleARN, var result = object else { return nil }
    var conditions = result["Condition"]?.objectValue ?? JSONObject()
    conditions.except(role: role)
    result["Condition"] = JSONValue(.object(conditions))
    return result
  }

  /// Nothing is left of a Deny of exactly what an import needs.
  private func without(_ blocked: [RequiredPermission]) -> JSONObject? {
    guard read?.action?.isNegated == false, remaining(blocked).isEmpty, var result = object else { return nil }
    result["Action"] = []
    return result
  }

  /// The needed actions beside those that the Deny does not mean.
  private func byActionsNotMeant(_ needs: [RequiredPermission]) -> JSONObject? {
    guard read?.action?.isNegated == true else { return nil }
    return replacing("NotAction", actions + needs.map(\.action))
  }
}

import JSON
import Registry

/// The JSON representation of an ICC, its fields in the documented order.
struct ICCRepresentation {
  private let connector: ConnectorIdentity
  private let requiresVerified: Bool
  private let seesHold: Bool

  /// The representation for a reader of this scope: an organisation must not learn that its ICC is
  /// held.
  init(_ settings: APISettings, for scope: Scope) {
    connector = settings.connector
    requiresVerified = settings.requiresVerified
    seesHold = scope == .all
  }

  /// Returns the bytes of one ICC, with its policy documents. `others` are ICCs on the same role,
  /// for the warning after a create or a change.
  func bytes(of icc: ICC, sharingRoleWith others: [ICC] = []) -> [UInt8] {
    var writer = JSONWriter(capacity: 3072)
    writer.beginObject()
    write(icc, withPolicies: true, sharingRoleWith: others, into: &writer)
    writer.endObject()
    return writer.bytes
  }

  /// Returns the same with the changes that the customer must make in AWS. The role's trust policy
  /// changes if the ICC's statement changes, and if the ICC joins a role that others use.
  func bytes(of icc: ICC, changedFrom before: ICC, sharingRoleWith others: [ICC]) -> [UInt8] {
    var writer = JSONWriter(capacity: 3072)
    writer.beginObject()
    write(icc, withPolicies: true, sharingRoleWith: others, into: &writer)
    let joinsRole = icc.userARN != before.userARN && !others.isEmpty
    writer.member("trustPolicyChanged", icc.needsNewTrustPolicy(since: before) || joinsRole)
    writer.member("previousPrincipal", connector.principal(for: before.sessionName))
    writer.endObject()
    return writer.bytes
  }

  /// Writes an item of a list: an ICC without its policy documents.
  func writeItem(_ icc: ICC, into writer: inout JSONWriter) {
    writer.beginObject()
    write(icc, withPolicies: false, into: &writer)
    writer.endObject()
  }

  private func write(
    _ icc: ICC, withPolicies: Bool, sharingRoleWith others: [ICC] = [], into writer: inout JSONWriter
  ) {
    writer.member("id", icc.id.text)
    writer.member("organisation", icc.organisation.text)
    writer.member("name", icc.name.text)
    writer.member("description", icc.description.text)
    writer.member("connectorType", icc.connectorType.rawValue)
    writer.member("status", icc.status.rawValue)
    writer.member("enabled", icc.isEnabled)
    write(icc.usabilityObstacles(requiresVerified: requiresVerified, seesHold: seesHold), into: &writer)
    writer.member("userArn", icc.userARN?.text)
    writer.member("sessionName", icc.sessionName.text)
    writer.member("bucketName", icc.bucketName.text)
    writer.member("bucketOwner", icc.bucketOwner?.text)
    writer.member("prefix", icc.prefix.text)
    Self.write(icc.filenames, into: &writer)
    writer.member("kmsKeyArn", icc.kmsKeyARN?.text)
    writer.member("externalId", icc.externalID.hex)
    writer.member("pendingExternalId", icc.pendingExternalID?.hex)
    writer.member("principal", connector.principal(for: icc.sessionName))
    if withPolicies {
      writer.memberName("trustPolicy")
      icc.writeTrustPolicy(to: &writer, connector)
      writer.memberName("permissionPolicy")
      icc.writePermissionPolicy(to: &writer, connector)
    }
    Self.write(icc.warnings(connector) + icc.warnings(sharingRoleWith: others), into: &writer)
    writer.memberName("lastVerification")
    if let last = icc.lastVerification { writer.raw(last.utf8.span) } else { writer.null() }
    writer.member("version", Int(icc.version))
    writer.member("createdAt", icc.createdAt.description)
    writer.member("createdBy", icc.createdBy.text)
    writer.member("updatedAt", icc.updatedAt.description)
    writer.member("updatedBy", icc.updatedBy.text)
    writer.member("deletedAt", icc.deletedAt?.description)
  }

  private func write(_ obstacles: [UsabilityObstacle], into writer: inout JSONWriter) {
    writer.member("usable", obstacles.isEmpty)
    writer.memberName("notUsableBecause")
    writer.beginArray()
    for obstacle in obstacles { writer.string(obstacle.rawValue) }
    writer.endArray()
  }

  static func write(_ filenames: Filenames, into writer: inout JSONWriter) {
    writer.memberName("filenames")
    writer.beginArray()
    for pattern in filenames.patterns { writer.string(pattern) }
    writer.endArray()
  }

  static func write(_ warnings: [Diagnostic], into writer: inout JSONWriter) {
    writer.memberName("warnings")
    writer.beginArray()
    for warning in warnings {
      writer.beginObject()
      writer.member("pointer", warning.pointer)
      writer.member("code", warning.code)
      writer.member("detail", warning.detail)
      writer.member("hint", warning.hint)
      writer.endObject()
    }
    writer.endArray()
  }
}

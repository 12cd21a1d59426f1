import JSON
import Registry

/// The JSON representation of an ICC, its fields in the documented order.
struct ICCRepresentation {
  private let connector: ConnectorIdentity
  private let requiresVerified: Bool

  init(_ settings: APISettings) {
    connector = settings.connector
    requiresVerified = settings.requiresVerified
  }

  /// Returns an ICC with its policy documents.
  func bytes(of icc: ICC) -> [UInt8] {
    var writer = JSONWriter(capacity: 3072)
    writer.beginObject()
    write(icc, withPolicies: true, into: &writer)
    writer.endObject()
    return writer.bytes
  }

  /// Returns an ICC with its policy documents and the fields that say whether the customer must update AWS.
  func bytes(of icc: ICC, changedFrom before: ICC) -> [UInt8] {
    var writer = JSONWriter(capacity: 3072)
    writer.beginObject()
    write(icc, withPolicies: true, into: &writer)
    writer.member("trustPolicyChanged", icc.needsNewTrustPolicy(since: before))
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

  private func write(_ icc: ICC, withPolicies: Bool, into writer: inout JSONWriter) {
    writer.member("id", icc.id.text)
    writer.member("organisation", icc.organisation.text)
    writer.member("name", icc.name.text)
    writer.member("description", icc.description.text)
    writer.member("connectorType", icc.connectorType.rawValue)
    writer.member("status", icc.status.rawValue)
    writer.member("enabled", icc.isEnabled)
    write(icc.usabilityObstacles(requiresVerified: requiresVerified), into: &writer)
    writer.member("userArn", icc.userARN?.text)
    writer.member("sessionName", icc.sessionName.text)
    writer.member("bucketName", icc.bucketName.text)
    writer.member("bucketOwner", icc.bucketOwner?.text)
    writer.member("prefix", icc.prefix.text)
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
    Self.write(icc.warnings(connector), into: &writer)
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

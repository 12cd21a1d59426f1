import JSON
import Registry

/// Hand-overs as responses show them.
enum HandOverRepresentation {
  /// Writes the fields of a hand-over, without the secret of its link.
  static func write(_ handOver: HandOver, at now: Timestamp, into writer: inout JSONWriter) {
    writer.member("id", handOver.id.text)
    writer.member("iccId", handOver.icc.text)
    writer.member("state", handOver.state(at: now).rawValue)
    writer.member("allow", allow(handOver))
    writer.member("createdAt", handOver.createdAt.description)
    writer.member("createdBy", handOver.createdBy.text)
    writer.member("expiresAt", handOver.expiresAt.description)
    writer.member("maxUses", Int(handOver.maxUses))
    writer.member("uses", Int(handOver.uses))
    writer.member("lastUsedAt", handOver.lastUsedAt?.description)
    writer.member("revokedAt", handOver.revokedAt?.description)
  }

  /// Returns what the bearer of a link sees: the values of the one ICC that AWS needs.
  static func view(of icc: ICC, _ handOver: HandOver, _ settings: APISettings) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("iccId", icc.id.text)
    writer.member("name", icc.name.text)
    writer.member("status", icc.status.rawValue)
    writer.member("userArn", icc.userARN?.text)
    writer.member("sessionName", icc.sessionName.text)
    writer.member("bucketName", icc.bucketName.text)
    writer.member("prefix", icc.prefix.text)
    writer.member("externalId", icc.externalID.hex)
    writer.member("pendingExternalId", icc.pendingExternalID?.hex)
    writer.member("principal", settings.connector.principal(for: icc.sessionName))
    writer.member("allow", allow(handOver))
    writer.member("expiresAt", handOver.expiresAt.description)
    writer.member("verificationConfigured", settings.verifier != nil)
    writer.endObject()
    return writer.bytes
  }

  private static func allow(_ handOver: HandOver) -> JSONValue {
    .array(handOver.permissions.map(\.rawValue).sorted().map(JSONValue.string))
  }
}

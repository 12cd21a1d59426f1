import AWSPolicy
package import JSON

/// Direct writers for the two documents in an ICC's representation, without an intermediate tree of
/// values: reading an ICC is the most frequent request. Tests compare them with the builders'
/// output.
extension ICC {
  /// Writes the value that `trustPolicy` returns.
  package func writeTrustPolicy(to writer: inout JSONWriter, _ connector: ConnectorIdentity) {
    writer.beginObject()
    writer.member("Version", "2012-10-17")
    writer.memberName("Statement")
    writer.beginArray()
    writer.beginObject()
    writer.member("Effect", "Allow")
    writer.memberName("Principal")
    writer.beginObject()
    writer.member("AWS", principal(connector))
    writer.endObject()
    writer.member("Action", "sts:AssumeRole")
    writeExternalIDCondition(to: &writer)
    writer.endObject()
    writer.endArray()
    writer.endObject()
  }

  /// Writes the value that `permissionPolicy` returns.
  package func writePermissionPolicy(to writer: inout JSONWriter, _ connector: ConnectorIdentity) {
    let grant = readGrant(connector)
    writer.beginObject()
    writer.member("Version", "2012-10-17")
    writer.memberName("Statement")
    writer.beginArray()
    let listing = PolicyCondition("StringLike", "s3:prefix", [grant.escapedPrefix.pattern + "*"])
    writeAllow("s3:ListBucket", on: [grant.bucketARN], if: prefix.isEmpty ? [] : [listing], to: &writer)
    writeAllow("s3:GetObject", on: grant.objectARNs, to: &writer)
    if let kmsKeyARN { writeAllow("kms:Decrypt", on: [kmsKeyARN.text], if: grant.keyConditions, to: &writer) }
    writer.endArray()
    writer.endObject()
  }

  private func writeExternalIDCondition(to writer: inout JSONWriter) {
    writer.memberName("Condition")
    writer.beginObject()
    writer.memberName("StringEquals")
    writer.beginObject()
    writer.memberName("sts:ExternalId")
    if let pendingExternalID {
      writer.beginArray()
      writer.string(externalID.hex)
      writer.string(pendingExternalID.hex)
      writer.endArray()
    } else {
      writer.string(externalID.hex)
    }
    writer.endObject()
    writer.endObject()
  }

  private func writeAllow(
    _ action: String, on resources: [String], if conditions: [PolicyCondition] = [], to writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("Effect", "Allow")
    writer.member("Action", action)
    writer.memberName("Resource")
    write(resources, to: &writer)
    if !conditions.isEmpty {
      writer.memberName("Condition")
      writer.beginObject()
      for condition in conditions { write(condition, to: &writer) }
      writer.endObject()
    }
    writer.endObject()
  }

  private func write(_ condition: PolicyCondition, to writer: inout JSONWriter) {
    writer.memberName(escaping: condition.operatorName)
    writer.beginObject()
    writer.memberName(escaping: condition.key)
    write(condition.values, to: &writer)
    writer.endObject()
  }

  /// Writes a single value without brackets.
  private func write(_ values: [String], to writer: inout JSONWriter) {
    if values.count == 1 { return writer.string(values[0]) }
    writer.beginArray()
    for value in values { writer.string(value) }
    writer.endArray()
  }
}

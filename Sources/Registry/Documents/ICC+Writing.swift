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
    let pattern = grant.escapedPrefix.pattern + "*"
    let bucketARN = grant.bucketARN
    writer.beginObject()
    writer.member("Version", "2012-10-17")
    writer.memberName("Statement")
    writer.beginArray()
    writeAllow("s3:ListBucket", on: bucketARN, under: prefix.isEmpty ? nil : pattern, to: &writer)
    writeAllow("s3:GetObject", on: "\(bucketARN)/\(pattern)", to: &writer)
    if let kmsKeyARN { writeAllow("kms:Decrypt", on: kmsKeyARN.text, to: &writer) }
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
    _ action: String, on resource: String, under pattern: String? = nil, to writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("Effect", "Allow")
    writer.member("Action", action)
    writer.member("Resource", resource)
    if let pattern {
      writer.memberName("Condition")
      writer.beginObject()
      writer.memberName("StringLike")
      writer.beginObject()
      writer.member("s3:prefix", pattern)
      writer.endObject()
      writer.endObject()
    }
    writer.endObject()
  }
}

import JSON
import Registry

/// The representation of an ICC as a config of InfoSum's API. Text that does not exist is empty.
struct ConfigRepresentation {
  let connector: ConnectorIdentity

  /// Returns `{"config": {…}}`.
  func response(_ icc: ICC) -> APIResponse {
    var writer = JSONWriter(capacity: 1024)
    writer.beginObject()
    writer.memberName("config")
    write(icc, into: &writer)
    writer.endObject()
    return APIResponse(200, .json, writer.bytes)
  }

  func write(_ icc: ICC, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", icc.id.text)
    writer.member("name", icc.name.text)
    writer.member("description", icc.description.text)
    writer.member("connector_type", icc.connectorType.infoSumName)
    writer.member("owner_id", icc.organisation.text)
    writer.member("user_id", icc.createdBy.text)
    writer.member("created_date_time", icc.createdAt.description)
    writer.member("updated_date_time", icc.updatedAt.description)
    writer.member("is_gpg", false)
    writer.memberName("s3_connector")
    writeConnector(icc, into: &writer)
    writer.endObject()
  }

  private func writeConnector(_ icc: ICC, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("bucket", icc.bucketName.text)
    writer.member("prefix", icc.prefix.text)
    writer.memberName("filenames")
    writer.beginArray()
    for pattern in icc.filenames.patterns { writer.string(pattern) }
    writer.endArray()
    writer.memberName("cross_account")
    writer.beginObject()
    writer.member("user_arn", icc.userARN?.text ?? "")
    writer.member("session_name", icc.sessionName.text)
    writer.member("external_id", icc.externalID.hex)
    writer.member("principal", connector.principal(for: icc.sessionName))
    writer.endObject()
    writer.endObject()
  }
}

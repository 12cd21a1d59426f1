import PostgreSQLKit
import Registry

extension PostgreSQLWriter {
  func insert(_ icc: ICC) throws(StoreError) {
    let row = try first(
      """
      INSERT INTO iccs (id, organisation, connector_type, created_at, created_by, name, name_folded, status, enabled,
        user_arn, session_name, bucket_name, prefix, prefix_folded, kms_key_arn, external_id, pending_external_id,
        version, updated_at, updated_by, deleted_at, last_verification, description, description_folded, bucket_owner,
        alarm_at, held, filenames)
      VALUES (\(icc.id.text), \(icc.organisation.text), \(icc.connectorType.rawValue), \(icc.createdAt.milliseconds),
        \(icc.createdBy.text), \(Self.changeable(icc))) RETURNING seq
      """
    ) { $0.integer(0) }
    guard let row else { throw .internalFailure }
    try issue(icc.externalID, .live, row, icc.createdAt)
    if let pending = icc.pendingExternalID { try issue(pending, .pending, row, icc.createdAt) }
  }

  func update(_ icc: ICC) throws(StoreError) {
    let row = try row(of: icc)
    try changeOne(
      """
      UPDATE iccs SET (name, name_folded, status, enabled, user_arn, session_name, bucket_name, prefix, prefix_folded,
        kms_key_arn, external_id, pending_external_id, version, updated_at, updated_by, deleted_at, last_verification,
        description, description_folded, bucket_owner, alarm_at, held, filenames) = ROW (\(Self.changeable(icc)))
      WHERE seq = \(row) AND organisation = \(icc.organisation.text) AND version = \(icc.version &- 1)
      """, orRefuse: "the change of an ICC does not have its next version")
    try updateExternalIDs(of: icc, row)
  }

  /// Returns the row number of an existing ICC in its organisation.
  func row(of icc: ICC) throws(StoreError) -> Int64 {
    let row = try first(
      "SELECT seq FROM iccs WHERE id = \(icc.id.text) AND organisation = \(icc.organisation.text)"
    ) { $0.integer(0) }
    return try mappingErrors { () throws(PostgreSQLError) in
      guard let row else { throw .rejected("the ICC to change does not exist") }
      return row
    }
  }

  /// The fields that can change, in the order of both statements.
  private static func changeable(_ icc: ICC) -> PostgreSQLQuery {
    """
    \(icc.name.text), \(icc.name.text.folded), \(icc.status.rawValue), \(icc.isEnabled), \(icc.userARN?.text), \
    \(icc.sessionName.text), \(icc.bucketName.text), \(icc.prefix.text), \(icc.prefix.text.folded), \
    \(icc.kmsKeyARN?.text), \(icc.externalID.bytes), \(icc.pendingExternalID?.bytes), \(icc.version), \
    \(icc.updatedAt.milliseconds), \(icc.updatedBy.text), \(icc.deletedAt?.milliseconds), \(icc.lastVerification), \
    \(icc.description.text), \(icc.description.text.folded), \(icc.bucketOwner?.text), \
    \(icc.sharedRole?.raisedAt.milliseconds), \(icc.isHeld), \(icc.filenames.storedText)
    """
  }
}
